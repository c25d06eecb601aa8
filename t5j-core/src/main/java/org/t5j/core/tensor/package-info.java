/**
 * Memory: {@link org.t5j.core.tensor.Tensor} on the {@link org.t5j.core.tensor.Storage} of a {@link
 * org.t5j.core.tensor.Backend}, the {@link org.t5j.core.tensor.Arena} that a step works in, named {@link
 * org.t5j.core.tensor.Parameter}s, and the counter-based random numbers. Start with {@code Tensor} and {@code Arena}.
 *
 * <p>Nothing here computes on tensors, and only {@link org.t5j.core.tensor.Nd4jBackend} knows ND4J.
 */
package org.t5j.core.tensor;
