/**
 * Counter-based random numbers. Start at {@link org.t5j.data.random.CounterRandom}: every draw is a function of (seed,
 * purpose, epoch, index), so that resuming needs numbers and no replay. Nothing else in this module may make random
 * numbers.
 */
package org.t5j.data.random;
