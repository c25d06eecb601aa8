/**
 * {@link org.t5j.core.kernel.Kernels} for processors: fused loops on the memory of the tensors, matrix products by BLAS
 * on the same memory, work divided among threads so that results do not depend on their number. Start at {@link
 * org.t5j.core.kernel.cpu.CpuKernels}; the arithmetic is in {@link org.t5j.core.kernel.cpu.Lanes}. ND4J operations must
 * not be here.
 */
package org.t5j.core.kernel.cpu;
