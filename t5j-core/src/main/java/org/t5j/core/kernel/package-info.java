/**
 * Arithmetic: {@link org.t5j.core.kernel.Kernels} is the complete list of what T5 computes, with formulas and shapes;
 * {@link org.t5j.core.kernel.Nd4jKernels} does it in ND4J operations. Start with {@code Kernels}.
 *
 * <p>Nothing here knows what a layer is. A new operation is a method of {@code Kernels}, one of each implementation, and
 * a case of the contract test.
 */
package org.t5j.core.kernel;
