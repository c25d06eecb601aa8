package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.RehearsalKernels;

/** A model that computes nothing takes as much memory as one that does. */
class RehearsalTest {

    @ParameterizedTest
    @CsvSource({
        "ENCODER_DECODER, RELU, 4, 60, 20, false",
        "ENCODER_DECODER, GATED_GELU, 16, 128, 40, false",
        "ENCODER_DECODER, GATED_GELU, 16, 128, 40, true",
        "SHARED, GATED_SILU, 8, 300, 128, false"
    })
    void countsWhatIsAllocated(
            Architecture architecture, FeedForwardType type, int size, int inputs, int targets, boolean recompute) {
        T5Config config = T5Config.builder()
                .vocabSize(3000)
                .dModel(64)
                .dFf(256)
                .numHeads(4)
                .dKv(16)
                .layers(4, 4)
                .architecture(architecture)
                .feedForwardType(type)
                .build();
        T5Batch batch = batch(config, size, inputs, targets);
        RehearsalKernels rehearsal = new RehearsalKernels(1);
        long planned;
        try (T5Model model = T5Model.zeros(config, rehearsal.kernels())) {
            planned = train(model, batch, recompute) + rehearsal.scratchBytes();
        }
        assertThat(rehearsal.backend().allocatedBytes()).isZero();
        assertThat(rehearsal.backend().peakBytes()).isGreaterThanOrEqualTo(planned - rehearsal.scratchBytes());
        try (T5Model model = T5Model.create(config, 1)) {
            long measured = train(model, batch, recompute);
            assertThat(planned).isBetween(measured, measured * 5 / 4);
        }
    }

    /** Bytes held after two steps. */
    private static long train(T5Model model, T5Batch batch, boolean recompute) {
        model.zeroGradients();
        for (int i = 0; i < 2; i++) {
            model.forwardBackward(batch, StepOptions.plain(batch).withRecompute(recompute));
        }
        return model.backend().allocatedBytes();
    }

    @ParameterizedTest
    @CsvSource({"1, 300, 400", "8, 64, 200"})
    void countsTheCachesOfDecoding(int beams, int inputs, int outputs) {
        T5Config config = T5Config.preset("tiny");
        RehearsalKernels rehearsal = new RehearsalKernels(1);
        try (T5Model planned = T5Model.zeros(config, rehearsal.kernels());
                T5Model model = T5Model.create(config, 1)) {
            long counted = caches(planned, beams, inputs, outputs, rehearsal.kernels());
            long measured = caches(model, beams, inputs, outputs, model.kernels());
            assertThat(counted + rehearsal.scratchBytes()).isBetween(measured, measured * 11 / 10);
        }
    }

    private static long caches(T5Model model, int beams, int inputs, int outputs, Kernels kernels) {
        long before = kernels.backend().allocatedBytes();
        int[][] ids = new int[3][inputs];
        Arrays.stream(ids).forEach(row -> Arrays.fill(row, 7));
        try (DecoderState state = model.startDecoding(ids, beams, outputs)) {
            assertThat(state.rows()).isEqualTo(3 * beams);
            return kernels.backend().allocatedBytes() - before;
        }
    }

    private static T5Batch batch(T5Config config, int size, int inputs, int targets) {
        int[] ids = new int[size * inputs];
        int[] labels = new int[size * targets];
        Arrays.fill(ids, 5);
        Arrays.fill(labels, 6);
        return T5Batch.of(config, size, inputs, targets, ids, labels);
    }
}
