package org.t5j.core.kernel;

import org.t5j.core.tensor.Nd4jBackend;

/** {@link Nd4jKernels} keeps the contract of {@link Kernels}. */
class Nd4jKernelsTest extends AttentionContract {
    @Override
    Kernels create() {
        return new Nd4jKernels(Nd4jBackend.create());
    }
}
