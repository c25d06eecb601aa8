package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;

/** The two smallest recorded models, of Hugging Face 5.18: eight buckets, distance 16, two heads. */
class GoldenTinyTest {

    @ParameterizedTest
    @ValueSource(strings = {"v1.0-tied-relu", "v1.1-untied-gated-gelu"})
    void computesWhatHuggingFaceFiveComputes(String name) {
        JsonNode golden = Golden.json("golden_t5_tiny.json").get(name);
        boolean tied = name.startsWith("v1.0");
        T5Config config = new T5Config(
                16,
                8,
                4,
                12,
                2,
                2,
                2,
                8,
                16,
                0f,
                1e-6f,
                1f,
                tied ? FeedForwardType.RELU : FeedForwardType.GATED_GELU,
                tied,
                tied,
                0,
                1,
                0);
        try (T5Model model = T5Model.zeros(config)) {
            assertThat(model.parameters().names())
                    .containsExactlyInAnyOrderElementsOf(
                            StreamSupport.stream(golden.get("param_names").spliterator(), false)
                                    .map(JsonNode::asText)
                                    .toList());
            model.parameters().forEach(p -> model.backend()
                    .write(p.value(), floats(golden.get("params").get(p.name())), 0));
            T5Batch batch = T5Batch.of(config, 2, 8, 4, ints(golden.get("input_ids")), ints(golden.get("labels")));
            T5Activations activations = model.activations(batch);
            assertClose(activations.logits(), floats(golden.get("logits")));
            assertClose(activations.encoderHiddenStates().get(2), floats(golden.get("encoder")));
            model.zeroGradients();
            double loss = model.forwardBackward(batch, StepOptions.plain(batch)).loss() / batch.targets();
            assertThat(loss).isCloseTo(golden.get("loss").asDouble(), within(1e-5));
            model.parameters()
                    .forEach(p -> assertClose(
                            model.backend().toArray(p.gradient()),
                            floats(golden.get("grads").get(p.name()))));
            compareOutputs(model, golden);
        }
    }

    private static void compareOutputs(T5Model model, JsonNode golden) {
        GenerationConfig greedy = GenerationConfig.builder().maxNewTokens(8).build();
        int[][] inputs = {{3, 4, 5, 9, 9, 2, 7, 1}, {3, 4, 5, 1}};
        List<List<Generated>> outputs = model.generate(inputs, greedy);
        for (int i = 0; i < inputs.length; i++) {
            assertThat(outputs.get(i).get(0).tokens())
                    .isEqualTo(generated(golden.get("greedy").get(i)));
        }
        assertThat(golden.get("beam").size()).isEqualTo(3);
        golden.get("beam").properties().forEach(run -> {
            GenerationConfig beams = greedy.toBuilder()
                    .numBeams(4)
                    .lengthPenalty(Double.parseDouble(run.getKey()))
                    .build();
            List<List<Generated>> best = model.generate(inputs, beams);
            for (int i = 0; i < inputs.length; i++) {
                Generated output = best.get(i).get(0);
                assertThat(output.tokens())
                        .isEqualTo(generated(run.getValue().get(0).get(i)));
                assertThat(output.score())
                        .isCloseTo(run.getValue().get(1).get(i).asDouble(), within(1e-4));
            }
        });
    }

    /** Without the start token, up to the end of sequence, which transformers 5 fills finished rows with. */
    private static int[] generated(JsonNode sequence) {
        int[] tokens = ints(sequence);
        int end = 1;
        while (end < tokens.length && tokens[end] != 1) {
            end++;
        }
        return Arrays.copyOfRange(tokens, 1, Math.min(end + 1, tokens.length));
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(2e-5f));
        }
    }

    private static float[] floats(JsonNode node) {
        if (!node.isArray()) {
            return new float[] {(float) node.asDouble()};
        }
        float[] values = new float[0];
        for (JsonNode child : node) {
            float[] more = floats(child);
            values = Arrays.copyOf(values, values.length + more.length);
            System.arraycopy(more, 0, values, values.length - more.length, more.length);
        }
        return values;
    }

    private static int[] ints(JsonNode node) {
        float[] values = floats(node);
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }
}
