package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.decode.GenerationConfig;

/**
 * umT5, UL2's gates and an encoder and decoder that share their weights, as transformers 5.18 computes them: {@code
 * golden/t5/record_variants.py}.
 */
class GoldenVariantsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"umt5_tiny", "ul2_tiny", "shared_tiny"})
    void computesWhatHuggingFaceComputes(String name) {
        Golden golden = Golden.read(name, "forward.safetensors");
        try (T5Model model = Golden.model(name)) {
            assertThat(model.parameters().count()).isEqualTo(model.config().parameterCount());
            T5Batch batch = GoldenForwardTest.batch(golden, "");
            T5Activations activations = model.activations(batch);
            assertClose(activations.logits(), golden.floats("logits"), 1e-4);
            List<float[]> encoder = activations.encoderHiddenStates();
            assertClose(encoder.get(encoder.size() - 1), golden.floats("encoder_last_hidden_state"), 1e-4);
            double loss = golden.floats("loss")[0];
            assertThat(model.evaluateLoss(batch).loss() / batch.targets()).isCloseTo(loss, within(1e-5));
            model.zeroGradients();
            double sum = model.forwardBackward(batch, StepOptions.plain(batch)).loss();
            assertThat(sum / batch.targets()).isCloseTo(loss, within(1e-5));
            GoldenForwardTest.compareGradients(golden, model);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"umt5_tiny", "ul2_tiny", "shared_tiny"})
    void writesWhatHuggingFaceWrites(String name) {
        Golden golden = Golden.read(name, "forward.safetensors");
        int[] ids = golden.ints("input_ids");
        int[] mask = golden.ints("attention_mask");
        int length = golden.shape("input_ids")[1];
        int[][] inputs = new int[ids.length / length][];
        for (int i = 0; i < inputs.length; i++) {
            int tokens = Arrays.stream(mask, i * length, (i + 1) * length).sum();
            inputs[i] = Arrays.copyOfRange(ids, i * length, i * length + tokens);
        }
        try (T5Model model = Golden.model(name)) {
            for (Map.Entry<String, Integer> search :
                    Map.of("greedy", 1, "beams", 4).entrySet()) {
                GenerationConfig config = GenerationConfig.builder()
                        .maxNewTokens(12)
                        .numBeams(search.getValue())
                        .build();
                int[] expected = golden.ints(search.getKey());
                int width = golden.shape(search.getKey())[1];
                for (int i = 0; i < inputs.length; i++) {
                    int[] tokens = model.generate(inputs, config).get(i).get(0).tokens();
                    int[] recorded = Arrays.copyOfRange(expected, i * width + 1, i * width + 1 + tokens.length);
                    assertThat(tokens).as("%s %d", search.getKey(), i).isEqualTo(recorded);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"umt5_tiny", "ul2_tiny", "shared_tiny"})
    void isWrittenUnderTheNamesOfHuggingFace(String name) {
        Path written = directory.resolve(name);
        try (T5Model model = Golden.model(name)) {
            model.save(written);
        }
        SafetensorsReader recorded = SafetensorsReader.open(Golden.path(name + "/model.safetensors"));
        SafetensorsReader again = SafetensorsReader.open(written.resolve("model.safetensors"));
        assertThat(again.names()).containsExactlyInAnyOrderElementsOf(recorded.names());
        recorded.names()
                .forEach(tensor -> assertThat(again.floats(tensor)).as(tensor).isEqualTo(recorded.floats(tensor)));
        try (T5Model model = Golden.model(name);
                T5Model loaded = T5Model.load(written)) {
            assertThat(loaded.config()).isEqualTo(model.config());
            assertThat(loaded.hfConfig().get("model_type"))
                    .isEqualTo(model.hfConfig().get("model_type"));
        }
    }

    @Test
    void refusesToShareWhatDiffers() throws IOException {
        Path written = directory.resolve("model");
        T5Config config;
        try (T5Model model = Golden.model("ul2_tiny")) {
            config = model.config().toBuilder()
                    .layers(3, 3)
                    .architecture(Architecture.ENCODER_DECODER)
                    .build();
        }
        try (T5Model model = T5Model.create(config, 1)) {
            model.save(written);
        }
        Files.delete(written.resolve("checksums.json"));
        Golden.edit(written.resolve("config.json"), json -> json.put("t5j_shared_encoder_decoder", true));
        assertThatThrownBy(() -> T5Model.load(written).close())
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("differs from encoder.");
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSize(expected.length);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs((double) actual[i] - expected[i]));
        }
        assertThat(worst).isLessThanOrEqualTo(tolerance);
    }
}
