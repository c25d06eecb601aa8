package org.t5j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.Architecture;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.tensor.Parameter;

/** Decoders without an encoder in a checkpoint: read again as they were, and taken for no T5 by anybody. */
class DecoderCheckpointTest {
    @TempDir
    Path directory;

    private static T5Config config(Architecture architecture, boolean biasPerLayer) {
        return T5Config.builder()
                .vocabSize(30)
                .dModel(8)
                .dKv(4)
                .numHeads(2)
                .dFf(12)
                .layers(0, 2)
                .feedForwardType(biasPerLayer ? FeedForwardType.GATED_GELU : FeedForwardType.RELU)
                .tieWordEmbeddings(!biasPerLayer)
                .architecture(architecture)
                .relativeBiasPerLayer(biasPerLayer)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"DECODER_LM, false", "DECODER_LM, true", "DECODER_PREFIX_LM, false", "DECODER_PREFIX_LM, true"})
    void aModelIsWrittenAndReadAgain(Architecture architecture, boolean biasPerLayer) throws IOException {
        T5Config config = config(architecture, biasPerLayer);
        Path checkpoint = directory.resolve("model");
        try (T5Model model = T5Model.create(config, 3)) {
            model.save(checkpoint);
            try (T5Model loaded = T5Model.load(checkpoint)) {
                assertThat(loaded.config()).isEqualTo(config);
                for (Parameter parameter : model.parameters()) {
                    assertThat(loaded.backend()
                                    .toArray(loaded.parameters()
                                            .get(parameter.name())
                                            .value()))
                            .isEqualTo(model.backend().toArray(parameter.value()));
                }
                loaded.save(checkpoint);
            }
        }
        JsonNode json =
                new ObjectMapper().readTree(checkpoint.resolve("config.json").toFile());
        assertThat(json.path("model_type").asText()).isEqualTo("t5j");
        assertThat(json.at("/architectures/0").asText()).isEqualTo("T5jDecoder");
        assertThat(json.path("is_encoder_decoder").asBoolean(true)).isFalse();
        assertThat(json.path("num_layers").asInt()).isZero();
        assertThat(json.path("num_decoder_layers").asInt()).isEqualTo(2);
    }

    @Test
    void theTensorsHaveTheNamesOfADecoder() {
        Path checkpoint = directory.resolve("model");
        try (T5Model model = T5Model.create(config(Architecture.DECODER_LM, false), 3)) {
            model.save(checkpoint);
        }
        assertThat(SafetensorsReader.open(checkpoint.resolve("model.safetensors"))
                        .names())
                .hasSize(2 + 1 + 2 * 8)
                .contains(
                        "shared.weight",
                        "decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
                        "decoder.block.1.layer.0.SelfAttention.q.weight",
                        "decoder.block.1.layer.1.DenseReluDense.wi.weight",
                        "decoder.block.1.layer.1.layer_norm.weight",
                        "decoder.final_layer_norm.weight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"t5j_architecture\": \"encoder_decoder\"", ", \"t5j_architecture\": \"lm\""})
    void aFileThatDoesNotSayWhichDecoderIsRefused(String rest) throws IOException {
        Path file = directory.resolve("config.json");
        Files.writeString(file, "{\"model_type\": \"t5j\"" + rest + "}");
        assertThatThrownBy(() -> HfConfig.read(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining("t5j_architecture")
                .hasMessageContaining("decoder_lm, decoder_prefix_lm");
    }

    @Test
    void aT5ThatWasADecoderIsWrittenAsT5() {
        HfConfig decoder = HfConfig.of(config(Architecture.DECODER_LM, true));
        Path file = directory.resolve("config.json");
        decoder.write(file);
        HfConfig.read(file).withConfig(T5Config.small()).write(file);
        assertThat(HfConfig.read(file).config()).isEqualTo(T5Config.small());
        assertThat(HfConfig.read(file).get("t5j_architecture").isMissingNode()).isTrue();
    }
}
