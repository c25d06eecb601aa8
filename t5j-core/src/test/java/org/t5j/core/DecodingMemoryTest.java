package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;

/** What a token costs in memory once decoding runs. */
class DecodingMemoryTest {
    private static final int LENGTH = 1900;
    private static final int FIRST = 1700;

    /** Records and views of the layers; far from a row of logits of two hypotheses, 257 kB. */
    private static final long BYTES_PER_TOKEN = 36_000;

    @Test
    void aTokenTakesNoTensorMemoryAndLittleHeap() {
        Nd4jBackend backend = Nd4jBackend.create();
        T5Config config = T5Config.preset("tiny");
        int[] ids = {5, 6, 7, 8, 9, 1};
        int[] mask = {1, 1, 1, 1, 1, 1};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (T5Model model = T5Model.create(config, 1, new CpuKernels(backend, 1));
                DecoderState state = model.startDecoding(2, 3, ids, mask, 1, LENGTH)) {
            int[] tokens = new int[2];
            long tensors = 0;
            long heap = 0;
            for (int i = 0; i < LENGTH; i++) {
                if (i == FIRST) {
                    tensors = backend.allocatedBytes();
                    heap = threads.getCurrentThreadAllocatedBytes();
                }
                Arrays.fill(tokens, 2 + i % 7);
                state.step(tokens);
            }
            long perToken = (threads.getCurrentThreadAllocatedBytes() - heap) / (LENGTH - FIRST);
            assertThat(backend.allocatedBytes()).as("tensor memory").isEqualTo(tensors);
            assertThat(perToken).as("bytes of heap per token").isLessThan(BYTES_PER_TOKEN);
        }
    }
}
