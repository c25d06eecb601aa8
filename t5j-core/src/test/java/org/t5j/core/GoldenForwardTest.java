package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hidden states, attention weights, position biases, logits, loss and every gradient of the six recorded Hugging Face
 * models, and their outputs under odd masks.
 */
class GoldenForwardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"v10_tiny", "v11_tiny", "v10_long", "v11_tied_odd", "v10_reverse_trained", "v11_reverse_trained"
            })
    void computesWhatHuggingFaceComputes(String name) {
        Golden golden = Golden.read(name, "forward.safetensors");
        try (T5Model model = Golden.model(name)) {
            T5Batch batch = batch(golden, "");
            T5Activations activations = model.activations(batch);
            assertClose("logits", activations.logits(), golden, "logits");
            // The recording of the largest model leaves the biases and the attention weights out.
            boolean complete = !name.equals("v10_long");
            assertThat(golden.has("encoder_position_bias")).isEqualTo(complete);
            if (complete) {
                assertClose("position bias", activations.encoderPositionBias(), golden, "encoder_position_bias");
                assertClose("position bias", activations.decoderPositionBias(), golden, "decoder_position_bias");
            }
            compareStates(golden, "encoder_hidden_states.", activations.encoderHiddenStates());
            compareStates(golden, "decoder_hidden_states.", activations.decoderHiddenStates());
            compareStates(golden, "encoder_attentions.", activations.encoderAttentions());
            compareStates(golden, "decoder_attentions.", activations.decoderAttentions());
            compareStates(golden, "cross_attentions.", activations.crossAttentions());

            double loss = golden.floats("loss")[0];
            assertThat(model.evaluateLoss(batch).loss() / batch.targets()).isCloseTo(loss, within(1e-5));
            model.zeroGradients();
            double sum = model.forwardBackward(batch, StepOptions.plain(batch)).loss();
            assertThat(sum / batch.targets()).isCloseTo(loss, within(1e-5));
            compareGradients(golden, model);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v10_tiny", "v11_tiny", "v10_long", "v11_tied_odd", "v10_reverse_trained"})
    void findsEachSequenceAsLikelyAsHuggingFacesLogitsSay(String name) {
        Golden golden = Golden.read(name, "forward.safetensors");
        try (T5Model model = Golden.model(name)) {
            T5Batch batch = batch(golden, "");
            double[] actual = model.logLikelihoods(batch);
            double[] expected = logLikelihoods(golden.floats("logits"), batch);
            assertThat(actual).hasSize(batch.size());
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i]).as("sequence %d", i).isCloseTo(expected[i], within(1e-3));
            }
            assertThat(-Arrays.stream(actual).sum() / batch.targets())
                    .isCloseTo(golden.floats("loss")[0], within(1e-5));
        }
    }

    /** By the definition, from logits {@code [size, targetLength, vocabulary]}. */
    private static double[] logLikelihoods(float[] logits, T5Batch batch) {
        double[] sums = new double[batch.size()];
        int vocabulary = logits.length / batch.labels().length;
        for (int i = 0; i < batch.labels().length; i++) {
            if (batch.labels()[i] != T5Batch.NO_TARGET) {
                double z = 0;
                for (int v = 0; v < vocabulary; v++) {
                    z += Math.exp(logits[i * vocabulary + v]);
                }
                sums[i / batch.targetLength()] += logits[i * vocabulary + batch.labels()[i]] - Math.log(z);
            }
        }
        return sums;
    }

    private static void compareStates(Golden golden, String prefix, List<float[]> actual) {
        for (int i = 0; i < actual.size(); i++) {
            if (!golden.has(prefix + i)) {
                continue;
            }
            assertClose(prefix + i, actual.get(i), golden, prefix + i);
        }
    }

    static void compareGradients(Golden golden, T5Model model) {
        model.parameters().forEach(parameter -> {
            float[] expected = golden.floats("grad." + parameter.name());
            float[] actual = model.backend().toArray(parameter.gradient());
            double difference = 0;
            double norm = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += Math.pow((double) actual[i] - expected[i], 2);
                norm += (double) expected[i] * expected[i];
            }
            assertThat(Math.sqrt(difference / norm))
                    .as("relative L2 error of the gradient of %s", parameter.name())
                    .isLessThan(1e-4);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"v10_tiny", "v11_tiny", "v10_long", "v11_tied_odd"})
    void handlesHolesLeftPaddingAndNoMask(String name) {
        Golden golden = Golden.read(name, "masks.safetensors");
        try (T5Model model = Golden.model(name)) {
            T5Activations masked = model.activations(batch(golden, ""));
            assertClose("logits", masked.logits(), golden, "logits");
            assertClose("encoder", last(masked.encoderHiddenStates()), golden, "encoder_last_hidden_state");
            T5Activations unmasked = model.activations(batch(golden, "nomask."));
            assertClose("logits", unmasked.logits(), golden, "nomask.logits");
            assertClose("encoder", last(unmasked.encoderHiddenStates()), golden, "nomask.encoder_last_hidden_state");
        }
    }

    @Test
    void sumsGradientsOfMicroBatchesToThatOfTheBatch() {
        Golden golden = Golden.read("v11_tiny", "forward.safetensors");
        try (T5Model model = Golden.model("v11_tiny")) {
            T5Batch whole = batch(golden, "");
            StepOptions options = StepOptions.plain(whole);
            model.zeroGradients();
            for (int i = 0; i < whole.size(); i++) {
                int in = whole.inputLength();
                int out = whole.targetLength();
                model.forwardBackward(
                        new T5Batch(
                                1,
                                in,
                                out,
                                Arrays.copyOfRange(whole.inputIds(), i * in, (i + 1) * in),
                                Arrays.copyOfRange(whole.attentionMask(), i * in, (i + 1) * in),
                                Arrays.copyOfRange(whole.decoderInputIds(), i * out, (i + 1) * out),
                                null,
                                Arrays.copyOfRange(whole.labels(), i * out, (i + 1) * out)),
                        options);
            }
            compareGradients(golden, model);
        }
    }

    static T5Batch batch(Golden golden, String prefix) {
        int[] shape = golden.shape(prefix + "input_ids");
        int[] targets = golden.shape("decoder_input_ids");
        int[] ids = golden.ints(prefix + "input_ids");
        int[] ones = new int[ids.length];
        Arrays.fill(ones, 1);
        int[] labels = new int[targets[0] * targets[1]];
        return new T5Batch(
                shape[0],
                shape[1],
                targets[1],
                ids,
                golden.has(prefix + "attention_mask") ? golden.ints(prefix + "attention_mask") : ones,
                golden.ints("decoder_input_ids"),
                prefix.isEmpty() ? golden.ints("decoder_attention_mask") : null,
                golden.has("labels") ? golden.ints("labels") : labels);
    }

    private static float[] last(List<float[]> states) {
        return states.get(states.size() - 1);
    }

    private static void assertClose(String what, float[] actual, Golden golden, String name) {
        float[] expected = golden.floats(name);
        assertThat(actual).as(what).hasSize(expected.length);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs((double) actual[i] - expected[i]));
        }
        assertThat(worst).as("largest difference in %s", what).isLessThanOrEqualTo(1e-4);
    }
}
