package org.t5j.core.kernel;

import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;

class CpuKernelsTest extends AttentionContract {

    @Override
    Kernels create() {
        return new CpuKernels(Nd4jBackend.create(), 2);
    }
}
