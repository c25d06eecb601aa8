package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.CounterRandom;

/** Computing activations again changes memory and nothing else. */
class RecomputeTest {

    @ParameterizedTest
    @CsvSource({
        "ENCODER_DECODER, RELU, false",
        "ENCODER_DECODER, GATED_GELU, false",
        "ENCODER_DECODER, GATED_SILU, true",
        "SHARED, GATED_GELU, false",
        "SHARED, RELU, true",
        "DECODER_LM, RELU, false",
        "DECODER_PREFIX_LM, GATED_SILU, true"
    })
    void lossAndGradientsAreTheSameBits(Architecture architecture, FeedForwardType type, boolean biasPerLayer) {
        T5Config config = config(3).toBuilder()
                .architecture(architecture)
                .feedForwardType(type)
                .relativeBiasPerLayer(biasPerLayer)
                .build();
        for (boolean overLength : new boolean[] {false, true}) {
            assertThat(run(config, overLength, true)).isEqualTo(run(config, overLength, false));
        }
    }

    /** Loss and gradients of two batches, as the bits of the sums say. */
    private static Map<String, Object> run(T5Config config, boolean overLength, boolean recompute) {
        Map<String, Object> results = new LinkedHashMap<>();
        try (T5Model model = T5Model.create(config, 5)) {
            model.zeroGradients();
            for (int micro = 0; micro < 2; micro++) {
                StepOptions options = new StepOptions(0.2f, overLength, 3, 7, micro, CrossEntropy.PLAIN, 0.01f)
                        .withRecompute(recompute);
                results.put(
                        "loss " + micro,
                        model.forwardBackward(batch(config, 3, 24, 13), options).loss());
            }
            model.parameters()
                    .forEach(p -> results.put(
                            p.name(), java.util.Arrays.hashCode(model.backend().toArray(p.gradient()))));
        }
        return results;
    }

    @Test
    void twelveBlocksTakeAFractionOfTheMemory() {
        T5Config config = config(12);
        long kept = activationBytes(config, false);
        long again = activationBytes(config, true);
        assertThat(again).isLessThan(kept * 4 / 10);
    }

    private static long activationBytes(T5Config config, boolean recompute) {
        try (T5Model model = T5Model.create(config, 5)) {
            model.zeroGradients();
            long before = model.backend().allocatedBytes();
            T5Batch batch = batch(config, 8, 128, 64);
            for (int i = 0; i < 2; i++) {
                model.forwardBackward(batch, StepOptions.plain(batch).withRecompute(recompute));
            }
            return model.backend().allocatedBytes() - before;
        }
    }

    private static T5Config config(int layers) {
        return T5Config.builder()
                .vocabSize(64)
                .dModel(32)
                .dFf(128)
                .numHeads(4)
                .dKv(8)
                .layers(layers, layers)
                .build();
    }

    private static T5Batch batch(T5Config config, int size, int inputLength, int targetLength) {
        return T5Batch.of(
                config, size, inputLength, targetLength, ids(size * inputLength, 1), ids(size * targetLength, 2));
    }

    private static int[] ids(int count, long key) {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = 2 + (int) (62 * CounterRandom.uniform(CounterRandom.key(9, key), i));
        }
        return ids;
    }
}
