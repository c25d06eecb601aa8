package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.CrossEntropy;

/** What the model promises beside the recorded numbers: seeds, dropout, memory, decoding with a cache, clear errors. */
class T5ModelTest {
    private static final T5Config CONFIG = new T5Config(
            50, 16, 4, 24, 2, 2, 3, 32, 128, 0.1f, 1e-6f, 1f, FeedForwardType.GATED_GELU, false, false, 0, 1, 0);

    private static T5Batch batch(int size, int inputs, int targets) {
        Random random = new Random(size * 31L + inputs);
        return T5Batch.of(
                CONFIG,
                size,
                inputs,
                targets,
                random.ints((long) size * inputs, 2, 50).toArray(),
                random.ints((long) size * targets, 2, 50).toArray());
    }

    private static StepOptions options(long step, int microBatch) {
        return new StepOptions(0.3f, false, 9, step, microBatch, CrossEntropy.PLAIN, 1f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "bench"})
    void aPresetHasAsManyWeightsAsItsConfigurationCounts(String preset) {
        assertCounted(T5Config.preset(preset));
    }

    @Test
    void aGatedUntiedModelHasAsManyWeightsAsItsConfigurationCounts() {
        assertCounted(CONFIG);
    }

    private static void assertCounted(T5Config config) {
        try (T5Model model = T5Model.zeros(config)) {
            assertThat(model.parameters().count()).isEqualTo(config.parameterCount());
        }
    }

    @Test
    void initialWeightsDependOnTheSeedAndFollowTheRule() {
        T5Config wide = new T5Config(
                2000, 64, 8, 256, 1, 1, 6, 32, 128, 0f, 1e-6f, 1f, FeedForwardType.RELU, false, false, 0, 1, 0);
        try (T5Model a = T5Model.create(wide, 1);
                T5Model b = T5Model.create(wide, 1);
                T5Model c = T5Model.create(wide, 2)) {
            float[] shared = values(a, "shared.weight");
            assertThat(values(b, "shared.weight")).isEqualTo(shared);
            assertThat(values(c, "shared.weight")).isNotEqualTo(shared);
            assertThat(std(shared)).isCloseTo(1, within(0.02));
            assertThat(std(values(a, "encoder.block.0.layer.0.SelfAttention.q.weight")))
                    .isCloseTo(1 / Math.sqrt(64 * 8), within(0.002));
            assertThat(std(values(a, "decoder.block.0.layer.1.EncDecAttention.o.weight")))
                    .isCloseTo(1 / Math.sqrt(48), within(0.006));
            float[] head = values(a, "lm_head.weight");
            assertThat(std(head)).isCloseTo(1 / 8.0, within(0.002));
            for (float w : head) {
                assertThat(Math.abs(w)).isLessThan(2 / 8f / 0.879f);
            }
            assertThat(values(a, "encoder.final_layer_norm.weight")).containsOnly(1f);
        }
    }

    @Test
    void dropoutDependsOnSeedStepAndMicroBatchAlone() {
        try (T5Model model = T5Model.create(CONFIG, 3)) {
            T5Batch batch = batch(2, 7, 5);
            double first = model.forwardBackward(batch, options(4, 0)).loss();
            assertThat(model.forwardBackward(batch, options(5, 0)).loss()).isNotEqualTo(first);
            assertThat(model.forwardBackward(batch, options(4, 1)).loss()).isNotEqualTo(first);
            assertThat(model.forwardBackward(batch, options(4, 0)).loss()).isEqualTo(first);
        }
    }

    @Test
    void theSameStepTwiceGivesTheSameBits() {
        try (T5Model model = T5Model.create(CONFIG, 3)) {
            model.zeroGradients();
            model.forwardBackward(batch(3, 9, 6), options(1, 0));
            float[] first = model.backend()
                    .toArray(model.parameters().get("shared.weight").gradient());
            model.forwardBackward(batch(1, 30, 2), options(2, 0));
            model.zeroGradients();
            model.forwardBackward(batch(3, 9, 6), options(1, 0));
            assertThat(model.backend()
                            .toArray(model.parameters().get("shared.weight").gradient()))
                    .isEqualTo(first);
        }
    }

    @Test
    void aSteadyStepAllocatesNothing() {
        try (T5Model model = T5Model.create(CONFIG, 3)) {
            T5Batch[] batches = {batch(4, 24, 16), batch(4, 16, 24), batch(8, 8, 8)};
            for (int i = 0; i < 30; i++) {
                model.zeroGradients();
                model.forwardBackward(batches[i % 3], options(i, 0));
            }
            long tensors = model.backend().allocatedBytes();
            long resident = Pointer.physicalBytes();
            for (int i = 0; i < 600; i++) {
                model.zeroGradients();
                model.forwardBackward(batches[i % 3], options(i, 0));
            }
            assertThat(model.backend().allocatedBytes()).isEqualTo(tensors);
            assertThat(Pointer.physicalBytes() - resident).isLessThan(48L << 20);
        }
    }

    @Test
    void decodingWithTheCacheGivesTheLogitsOfTheWholeSequence() {
        try (T5Model model = T5Model.create(CONFIG, 3)) {
            T5Batch batch = batch(2, 7, 6);
            float[] expected = model.activations(batch).logits();
            int[][] inputs = {
                java.util.Arrays.copyOfRange(batch.inputIds(), 0, 7),
                java.util.Arrays.copyOfRange(batch.inputIds(), 7, 14)
            };
            try (DecoderState state = model.startDecoding(inputs, 2, 8)) {
                assertThat(state.rows()).isEqualTo(4);
                for (int t = 0; t < 6; t++) {
                    int[] tokens = new int[4];
                    for (int row = 0; row < 4; row++) {
                        tokens[row] = batch.decoderInputIds()[row / 2 * 6 + t];
                    }
                    float[] logits = state.step(tokens);
                    for (int row = 0; row < 4; row++) {
                        for (int v = 0; v < 50; v++) {
                            assertThat(logits[row * 50 + v])
                                    .isCloseTo(expected[(row / 2 * 6 + t) * 50 + v], within(1e-4f));
                        }
                    }
                    state.reorder(new int[] {1, 1, 2, 2});
                }
            }
        }
    }

    @Test
    void hypothesesGoOnFromTheirParents() {
        try (T5Model model = T5Model.create(CONFIG, 3);
                DecoderState state = model.startDecoding(new int[][] {{5, 6, 1}}, 2, 5);
                DecoderState straight = model.startDecoding(new int[][] {{5, 6, 1}}, 1, 5)) {
            state.step(new int[] {0, 0});
            state.step(new int[] {7, 8});
            state.reorder(new int[] {1, 0});
            float[] swapped = state.step(new int[] {9, 9});
            straight.step(new int[] {0});
            straight.step(new int[] {8});
            float[] expected = straight.step(new int[] {9});
            for (int v = 0; v < 50; v++) {
                assertThat(swapped[v]).isCloseTo(expected[v], within(1e-5f));
            }
        }
    }

    @Test
    void idsOutsideTheVocabularyAreRefused() {
        try (T5Model model = T5Model.create(CONFIG, 3)) {
            T5Batch tooLarge = T5Batch.of(CONFIG, 1, 2, 1, new int[] {3, 50}, new int[] {1});
            assertThatThrownBy(() -> model.evaluateLoss(tooLarge))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("Input id 50 of sequence 0, position 1");
            T5Batch badLabel = T5Batch.of(CONFIG, 1, 2, 2, new int[] {3, 4}, new int[] {1, -1});
            assertThatThrownBy(() -> model.evaluateLoss(badLabel)).hasMessageContaining("Label id -1");
            assertThatThrownBy(() -> model.startDecoding(new int[][] {{99}}, 1, 4))
                    .hasMessageContaining("Input id 99");
        }
    }

    @Test
    void aBatchWithoutTargetsIsRefused() {
        try (T5Model model = T5Model.create(CONFIG, 3)) {
            T5Batch empty = T5Batch.of(CONFIG, 1, 2, 1, new int[] {3, 4}, new int[] {-100});
            assertThatThrownBy(() -> model.forwardBackward(empty, options(1, 0)))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("no target");
        }
    }

    private static float[] values(T5Model model, String name) {
        return model.backend().toArray(model.parameters().get(name).value());
    }

    private static double std(float[] values) {
        double squares = 0;
        for (float v : values) {
            squares += (double) v * v;
        }
        return Math.sqrt(squares / values.length);
    }
}
