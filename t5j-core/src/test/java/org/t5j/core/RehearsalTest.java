package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.RehearsalKernels;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;

/** A model that computes nothing takes as much memory as one that does. */
class RehearsalTest {

    @ParameterizedTest
    @CsvSource({
        "ENCODER_DECODER, RELU, 4, 60, 20, false",
        "ENCODER_DECODER, GATED_GELU, 16, 128, 40, false",
        "ENCODER_DECODER, GATED_GELU, 16, 128, 40, true",
        "SHARED, GATED_SILU, 8, 300, 128, false",
        "DECODER_LM, RELU, 4, 60, 20, false",
        "DECODER_PREFIX_LM, GATED_GELU, 16, 128, 40, false",
        "DECODER_PREFIX_LM, RELU, 8, 300, 128, true"
    })
    void countsWhatIsAllocated(
            Architecture architecture, FeedForwardType type, int size, int inputs, int targets, boolean recompute) {
        T5Batch batch = batch(config(architecture, type), size, inputs, targets);
        countsAll(config(architecture, type), Additions.NONE, name -> true, batch, recompute);
    }

    /** Of a frozen model with low-rank updates and adapters only what these need is counted, and only that is taken. */
    @ParameterizedTest
    @CsvSource({"ENCODER_DECODER, false", "ENCODER_DECODER, true", "SHARED, true", "DECODER_LM, false"})
    void countsWhatIsAddedToAFrozenModel(Architecture architecture, boolean recompute) {
        T5Config config = config(architecture, FeedForwardType.GATED_GELU);
        Additions additions = new Additions(8, new Lora(4, 8, 0.1f, Set.of("q", "v")));
        T5Batch batch = batch(config, 8, 128, 40);
        long frozen =
                countsAll(config, additions, name -> Lora.isLora(name) || Additions.isAdapter(name), batch, recompute);
        long trained = countsAll(config, additions, name -> true, batch, recompute);
        assertThat(trained - frozen).isGreaterThan(3 * config.parameterCount());
    }

    private static T5Config config(Architecture architecture, FeedForwardType type) {
        return T5Config.builder()
                .vocabSize(3000)
                .dModel(64)
                .dFf(256)
                .numHeads(4)
                .dKv(16)
                .layers(4, 4)
                .architecture(architecture)
                .feedForwardType(type)
                .build();
    }

    /** Compares what is planned with what is taken; returns the latter. */
    private static long countsAll(
            T5Config config, Additions additions, Predicate<String> trained, T5Batch batch, boolean recompute) {
        RehearsalKernels rehearsal = new RehearsalKernels(1);
        long planned;
        try (T5Model model = T5Model.zeros(config, additions, rehearsal.kernels())) {
            model.setTrainable(trained);
            planned = train(model, batch, recompute) + rehearsal.scratchBytes();
        }
        assertThat(rehearsal.backend().allocatedBytes()).isZero();
        assertThat(rehearsal.backend().peakBytes()).isGreaterThanOrEqualTo(planned - rehearsal.scratchBytes());
        try (T5Model model = T5Model.create(config, additions, 1)) {
            model.setTrainable(trained);
            long measured = train(model, batch, recompute);
            assertThat(planned).isBetween(measured, measured * 5 / 4);
            return measured;
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
    @CsvSource({
        "ENCODER_DECODER, 1, 300, 400",
        "ENCODER_DECODER, 8, 64, 200",
        "DECODER_PREFIX_LM, 1, 300, 400",
        "DECODER_LM, 8, 64, 200"
    })
    void countsTheCachesOfDecoding(Architecture architecture, int beams, int inputs, int outputs) {
        T5Config config =
                T5Config.preset("tiny").toBuilder().architecture(architecture).build();
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
