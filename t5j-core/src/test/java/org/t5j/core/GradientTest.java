package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.core.tensor.Parameter;

/**
 * Every parameter's gradient against the change of the loss along a random direction, with dropout, label smoothing,
 * z-loss and padding: what the recorded models, which have none of these, do not cover.
 */
class GradientTest {
    /** A step that is too long crosses a kink of ReLU, one that is too short drowns in rounding: the best one counts. */
    private static final float[] STEPS = {1e-2f, 3e-3f, 1e-3f, 3e-4f, 1e-4f};

    @ParameterizedTest
    @EnumSource(FeedForwardType.class)
    void gradientsAgreeWithFiniteDifferences(FeedForwardType type) {
        boolean tied = type.ordinal() % 2 == 0;
        check(new T5Config(19, 8, 3, 12, 2, 1, 2, 8, 16, 0.2f, 1e-6f, 1f, type, tied, tied, 0, 1, 0), false);
    }

    @ParameterizedTest
    @CsvSource({
        "ENCODER_DECODER, true, RELU, false",
        "SHARED, false, RELU, false",
        "SHARED, true, GATED_SILU, false",
        "DECODER_LM, false, GATED_SILU, false",
        "DECODER_LM, true, RELU, true",
        "DECODER_PREFIX_LM, false, GATED_SILU, false",
        "DECODER_PREFIX_LM, true, RELU, true"
    })
    void gradientsOfEveryArchitectureAgreeWithFiniteDifferences(
            Architecture architecture, boolean biasPerLayer, FeedForwardType type, boolean lossOnInputs) {
        T5Config config = new T5Config(19, 8, 3, 12, 2, 2, 2, 8, 16, 0.2f, 1e-6f, 1f, type, true, true, 0, 1, 0);
        check(
                config.toBuilder()
                        .architecture(architecture)
                        .relativeBiasPerLayer(biasPerLayer)
                        .build(),
                lossOnInputs);
    }

    private static void check(T5Config config, boolean lossOnInputs) {
        T5Batch batch =
                T5Batch.of(config, 2, 5, 3, new int[] {3, 4, 5, 9, 1, 7, 7, 1, 0, 0}, new int[] {4, 8, 1, 9, 1, -100});
        for (boolean overLength : new boolean[] {false, true}) {
            try (T5Model model = T5Model.create(config, 5)) {
                compare(model, batch, overLength, lossOnInputs);
            }
        }
    }

    /** With dropout before A and values in B, which is zero in a new model and hides A's gradient. */
    @ParameterizedTest
    @EnumSource(FeedForwardType.class)
    void gradientsOfAdaptersAndLowRankUpdatesAgreeWithFiniteDifferences(FeedForwardType type) {
        boolean tied = type.ordinal() % 2 == 1;
        T5Config config = new T5Config(19, 8, 3, 12, 2, 1, 2, 8, 16, 0.2f, 1e-6f, 1f, type, tied, tied, 0, 1, 0);
        T5Batch batch =
                T5Batch.of(config, 2, 5, 3, new int[] {3, 4, 5, 9, 1, 7, 7, 1, 0, 0}, new int[] {4, 8, 1, 9, 1, -100});
        Additions additions = new Additions(5, new Lora(2, 3f, 0.3f, Set.of("q", "k", "v", "o")));
        for (boolean overLength : new boolean[] {false, true}) {
            try (T5Model model = T5Model.create(config, additions, 5)) {
                AdditionsTest.randomize(model, ".lora_B.");
                compare(model, batch, overLength, false);
            }
        }
    }

    private static void compare(T5Model model, T5Batch batch, boolean overLength, boolean lossOnInputs) {
        StepOptions options = new StepOptions(0.2f, overLength, 11, 3, 0, new CrossEntropy(0.1f, 0.05f), 1f)
                .withLossOnInputs(lossOnInputs);
        model.zeroGradients();
        model.forwardBackward(batch, options);
        float[][] gradients = model.parameters().stream()
                .map(p -> model.backend().toArray(p.gradient()))
                .toArray(float[][]::new);
        int index = 0;
        for (Parameter parameter : model.parameters()) {
            compare(model, batch, options, parameter, gradients[index++]);
        }
    }

    private static void compare(
            T5Model model, T5Batch batch, StepOptions options, Parameter parameter, float[] gradient) {
        float[] value = model.backend().toArray(parameter.value());
        float[] direction = new float[value.length];
        Random random = new Random(parameter.name().hashCode());
        double predicted = 0;
        for (int i = 0; i < value.length; i++) {
            direction[i] = random.nextBoolean() ? 1 : -1;
            predicted += (double) gradient[i] * direction[i];
        }
        double best = Double.POSITIVE_INFINITY;
        for (float step : STEPS) {
            double up = loss(model, batch, options, parameter, value, direction, step);
            double down = loss(model, batch, options, parameter, value, direction, -step);
            double slope = (up - down) / (2 * step);
            best = Math.abs(slope - predicted) < Math.abs(best - predicted) ? slope : best;
        }
        model.backend().write(parameter.value(), value, 0);
        double norm = Math.sqrt(java.util.stream.IntStream.range(0, gradient.length)
                .mapToDouble(i -> (double) gradient[i] * gradient[i])
                .sum());
        assertThat(best)
                .as("slope along %s of %s", Arrays.toString(parameter.value().shape()), parameter.name())
                .isCloseTo(predicted, within(0.02 * Math.max(norm, 0.3)));
    }

    private static double loss(
            T5Model model,
            T5Batch batch,
            StepOptions options,
            Parameter parameter,
            float[] value,
            float[] direction,
            float step) {
        float[] moved = value.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        model.backend().write(parameter.value(), moved, 0);
        return model.forwardBackward(batch, options).loss();
    }
}
