package org.t5j.core.kernel;

import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;

/** The CPU kernels as they are where the Vector API is not. */
class PlainCpuKernelsTest extends AttentionContract {

    @Override
    Kernels create() {
        System.setProperty("t5j.lanes", "plain");
        try {
            return new CpuKernels(Nd4jBackend.create(), 2);
        } finally {
            System.clearProperty("t5j.lanes");
        }
    }
}
