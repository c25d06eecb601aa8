package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.Parameter;

/** Every architecture against loops in double precision, packed and not, and what its parts have to do with one another. */
class ArchitecturesTest {

    static T5Config config(Architecture architecture, boolean biasPerLayer) {
        boolean tied = !biasPerLayer;
        FeedForwardType type = biasPerLayer ? FeedForwardType.GATED_SILU : FeedForwardType.RELU;
        return new T5Config(
                19, 8, 3, 12, 2, 2, 2, 8, 16, 0f, 1e-6f, 1f, type, tied, tied, 0, 1, 0, architecture, biasPerLayer);
    }

    static Stream<Arguments> variants() {
        return Stream.of("cpu", "nd4j")
                .flatMap(kernels -> Arrays.stream(Architecture.values()).flatMap(architecture -> Stream.of(false, true)
                        .map(biasPerLayer -> Arguments.of(kernels, architecture, biasPerLayer))));
    }

    private static StepOptions options(boolean lossOnInputs) {
        return new StepOptions(0, false, 0, 0, 0, CrossEntropy.PLAIN, 1f).withLossOnInputs(lossOnInputs);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void lossAndEverySlopeAreThoseOfNaiveLoops(String kernels, Architecture architecture, boolean biasPerLayer) {
        T5Config config = config(architecture, biasPerLayer);
        try (T5Model model = T5Model.create(config, 5, PackingTest.kernels(kernels))) {
            NaiveT5 naive = new NaiveT5(model);
            for (T5Batch batch : List.of(PackingTest.packed(config), PackingTest.unpacked(config))) {
                model.zeroGradients();
                double loss = model.forwardBackward(batch, options(false)).loss();
                double expected = naive.loss(batch);
                assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
                assertThat(model.evaluateLoss(batch).loss()).isCloseTo(expected, within(1e-5 * expected));
                assertThat(Arrays.stream(model.logLikelihoods(batch)).sum())
                        .isCloseTo(-expected, within(1e-5 * expected));
                for (Parameter parameter : model.parameters()) {
                    PackingTest.assertSlope(
                            naive, batch, parameter, model.backend().toArray(parameter.gradient()));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu, DECODER_LM", "nd4j, DECODER_LM", "cpu, DECODER_PREFIX_LM", "nd4j, DECODER_PREFIX_LM"})
    void theLossOnInputsCountsEveryInputOnce(String kernels, Architecture architecture) {
        T5Config config = config(architecture, false);
        try (T5Model model = T5Model.create(config, 5, PackingTest.kernels(kernels))) {
            NaiveT5 naive = new NaiveT5(model);
            for (T5Batch batch : List.of(PackingTest.packed(config), PackingTest.unpacked(config))) {
                double expected = naive.lossOfDecoder(batch, true);
                assertThat(model.forwardBackward(batch, options(true)).loss())
                        .isCloseTo(expected, within(1e-5 * expected));
                assertThat(model.losses(batch, false)).isEqualTo(12);
                assertThat(model.losses(batch, true)).isEqualTo(12 + 4 + 4 + 2 + 4);
                assertThat(model.evaluateLoss(batch).loss()).isCloseTo(naive.loss(batch), within(1e-5 * expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void packedRowsAreTheirExamples(String kernels, Architecture architecture, boolean biasPerLayer) {
        T5Config config = config(architecture, biasPerLayer);
        try (T5Model model = T5Model.create(config, 5, PackingTest.kernels(kernels))) {
            for (float dropout : new float[] {0, 0.2f}) {
                PackingTest.assertEqual(
                        PackingTest.learn(model, PackingTest.packed(config), dropout, false),
                        PackingTest.learn(model, PackingTest.unpacked(config), dropout, false));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Architecture.class,
            names = {"ENCODER_DECODER", "SHARED"})
    void anEncoderHasNoLossOnInputs(Architecture architecture) {
        try (T5Model model = T5Model.create(config(architecture, false), 5)) {
            T5Batch batch = PackingTest.unpacked(model.config());
            assertThatThrownBy(() -> model.forwardBackward(batch, options(true)))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("only decoders without an encoder have a loss on inputs");
            assertThat(model.losses(batch, true)).isEqualTo(batch.targets());
        }
    }

    /** Of a prefix LM the past of the first target sees the inputs' future, of a causal one it does not. */
    @ParameterizedTest
    @CsvSource({"DECODER_LM, false", "DECODER_PREFIX_LM, true"})
    void aPrefixIsSeenInBothDirections(Architecture architecture, boolean seen) {
        T5Config config = config(architecture, false);
        T5Batch one = T5Batch.of(config, 1, 4, 2, new int[] {5, 6, 7, 1}, new int[] {8, 1});
        T5Batch other = T5Batch.of(config, 1, 4, 2, new int[] {5, 6, 9, 1}, new int[] {8, 1});
        T5Batch later = T5Batch.of(config, 1, 4, 2, new int[] {5, 6, 7, 1}, new int[] {9, 1});
        try (T5Model model = T5Model.create(config, 5)) {
            float[] expected = logits(model, one, 2);
            assertThat(Arrays.equals(logits(model, other, 2), expected)).isEqualTo(!seen);
            assertThat(logits(model, later, 4)).isEqualTo(logits(model, one, 4));
            assertThat(logits(model, later, 5)).isNotEqualTo(logits(model, one, 5));
        }
    }

    private static float[] logits(T5Model model, T5Batch batch, int position) {
        int vocabulary = model.config().vocabSize();
        float[] logits = model.activations(batch).logits();
        return Arrays.copyOfRange(logits, position * vocabulary, (position + 1) * vocabulary);
    }

    @Test
    void theGradientOfASharedWeightIsTheSumOfBothOfAnUnsharedModel() {
        T5Config shared = config(Architecture.SHARED, true);
        T5Config apart = config(Architecture.ENCODER_DECODER, true);
        try (T5Model one = T5Model.create(shared, 5);
                T5Model two = T5Model.create(apart, 6)) {
            Map<String, double[]> weights = new NaiveT5(one).weights;
            for (Parameter parameter : two.parameters()) {
                two.backend().write(parameter.value(), floats(weights.get(nameOfShared(one, parameter.name()))), 0);
            }
            T5Batch batch = PackingTest.unpacked(shared);
            PackingTest.Learned ofOne = PackingTest.learn(one, batch, 0, false);
            PackingTest.Learned ofTwo = PackingTest.learn(two, batch, 0, false);
            assertThat(ofOne.loss()).isCloseTo(ofTwo.loss(), within(1e-6 * ofTwo.loss()));
            ofOne.gradients().forEach((name, gradient) -> {
                double[] sum = new double[gradient.length];
                ofTwo.gradients().forEach((each, part) -> {
                    for (int i = 0; i < sum.length && nameOfShared(one, each).equals(name); i++) {
                        sum[i] += part[i];
                    }
                });
                for (int i = 0; i < sum.length; i++) {
                    assertThat((double) gradient[i]).as(name).isCloseTo(sum[i], within(1e-5));
                }
            });
        }
    }

    /** The parameter that a shared model uses in the place of one of an unshared model. */
    private static String nameOfShared(T5Model shared, String name) {
        return shared.parameters().contains(name)
                ? name
                : name.replace("decoder", "encoder").replace("layer.2", "layer.1");
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aModelHasAsManyWeightsAsItsConfigurationCounts(
            String kernels, Architecture architecture, boolean biasPerLayer) {
        T5Config config = config(architecture, biasPerLayer);
        try (T5Model model = T5Model.create(config, 5, PackingTest.kernels(kernels))) {
            assertThat(model.parameters().count()).isEqualTo(config.parameterCount());
        }
    }

    /** Of base size, as section 3.2 of the paper compares them: 220M, 110M for half of it, and 110M for one stack. */
    @Test
    void baseSizesHaveTheCountsOfTheStudy() {
        assertThat(count(Architecture.ENCODER_DECODER, 12)).isEqualTo(222_903_552);
        assertThat(count(Architecture.SHARED, 12)).isEqualTo(137_949_312);
        assertThat(count(Architecture.ENCODER_DECODER, 6)).isEqualTo(123_790_080);
        assertThat(count(Architecture.DECODER_LM, 12)).isEqualTo(109_628_544);
        assertThat(count(Architecture.DECODER_PREFIX_LM, 12)).isEqualTo(109_628_544);
    }

    private static long count(Architecture architecture, int layers) {
        return T5Config.base().toBuilder()
                .layers(layers, layers)
                .architecture(architecture)
                .build()
                .parameterCount();
    }
}
