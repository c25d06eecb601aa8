package org.t5j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

/** {@link Nd4jKernels} keeps the contract of {@link Kernels}, with several threads too. */
class Nd4jKernelsTest extends AttentionContract {
    @Override
    Kernels create() {
        return new Nd4jKernels(Nd4jBackend.create());
    }

    @Test
    void severalThreadsLoseNoGradientOfARepeatedRow() {
        int count = 20_000;
        Tensor ones = arena.take(count, 8);
        kernels.fill(ones, 1f);
        IntTensor rows = arena.takeInts(new int[count]);
        Tensor table = arena.take(4, 8);
        Nd4jBackend.setThreads(2);
        try {
            for (int round = 0; round < 20; round++) {
                kernels.fill(table, 0f);
                kernels.scatterAddRows(ones, rows, table);
                assertThat(values(table.rowsView(0, 1))).containsOnly(count);
            }
        } finally {
            Nd4jBackend.setThreads(1);
        }
    }
}
