package org.t5j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

/** {@link Nd4jKernels} keeps the contract of {@link Kernels}. */
class Nd4jKernelsTest extends AttentionContract {
    @Override
    Kernels create() {
        return new Nd4jKernels(Nd4jBackend.create());
    }

    /** What an operation allocates for itself is given back at once, not when Java's own memory is short. */
    @Test
    void addingAMultipleOfATensorLeavesNoMemoryBehind() {
        try (Kernels kernels = create()) {
            Tensor x = kernels.backend().allocateTensor(1 << 20);
            Tensor y = kernels.backend().allocateTensor(1 << 20);
            kernels.addScaled(x, 0.5f, y);
            long resident = Pointer.physicalBytes();
            for (int i = 0; i < 100; i++) {
                kernels.addScaled(x, 0.5f, y);
            }
            assertThat(Pointer.physicalBytes() - resident).isLessThan(100L << 20);
            kernels.backend().free(x.storage());
            kernels.backend().free(y.storage());
        }
    }
}
