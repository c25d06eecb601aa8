/**
 * How much memory a run will take, said before its first step. Start at {@link org.t5j.train.memory.MemoryPlan}.
 *
 * <p>Nothing here allocates: the run's own layers and optimizer are rehearsed on memory that is only counted.
 */
package org.t5j.train.memory;
