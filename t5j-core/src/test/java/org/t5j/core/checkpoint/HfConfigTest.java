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
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.Architecture;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Preset;

/** Reading and writing config.json and generation_config.json as transformers 4 and 5 have them. */
class HfConfigTest {
    @TempDir
    Path directory;

    @Test
    void aFileOfTransformers4IsRead() {
        T5Config config =
                HfConfig.read(Goldens.model("v11_tiny").resolve("config.json")).config();
        assertThat(config)
                .isEqualTo(T5Config.builder()
                        .vocabSize(128)
                        .dModel(32)
                        .dKv(12)
                        .dFf(48)
                        .numHeads(4)
                        .layers(3, 2)
                        .feedForwardType(FeedForwardType.GATED_GELU)
                        .tieWordEmbeddings(false)
                        .dropoutRate(0)
                        .build());
        T5Config odd = HfConfig.read(Goldens.model("v11_tied_odd").resolve("config.json"))
                .config();
        assertThat(odd.layerNormEpsilon()).isEqualTo(1e-5f);
        assertThat(odd.relativeAttentionNumBuckets()).isEqualTo(16);
        assertThat(odd.scaleDecoderOutputs()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"v1.0-tied-relu, RELU, true", "v1.1-untied-gated-gelu, GATED_GELU, false"})
    void aFileOfTransformers5IsRead(String name, FeedForwardType type, boolean scaled) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(Files.readString(Goldens.model("golden_t5_tiny.json")));
        T5Config config = read(golden.path(name).path("config").toString()).config();
        assertThat(config.dModel()).isEqualTo(8);
        assertThat(config.relativeAttentionMaxDistance()).isEqualTo(16);
        assertThat(config.feedForwardType()).isEqualTo(type);
        assertThat(config.tieWordEmbeddings()).isTrue();
        assertThat(config.scaleDecoderOutputs()).isEqualTo(scaled);
    }

    @Test
    void missingAndNullKeysHaveHuggingFacesDefaults() throws IOException {
        assertThat(read("{\"model_type\":\"t5\"}").config()).isEqualTo(T5Config.small());
        assertThat(read("{\"architectures\":[\"T5WithLMHeadModel\"]}").config()).isEqualTo(T5Config.small());
        assertThat(read("{\"model_type\":\"mt5\"}").config()).isEqualTo(T5Preset.MT5_SMALL.config());
        assertThat(read("{\"model_type\":\"umt5\"}").config())
                .isEqualTo(T5Preset.UMT5_SMALL.config().withVocabSize(250112));
        T5Config config = read("{\"model_type\":\"t5\",\"num_layers\":3,\"num_decoder_layers\":null}")
                .config();
        assertThat(config.numDecoderLayers()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(T5Preset.class)
    void whatIsWrittenIsReadAgain(T5Preset preset) {
        T5Config config = preset.config();
        assertThat(rewritten(HfConfig.of(config)).config()).isEqualTo(config);
    }

    @Test
    void aModelOfSharedWeightsIsWrittenAndReadAgain() {
        T5Config config =
                T5Config.small().toBuilder().architecture(Architecture.SHARED).build();
        HfConfig again = rewritten(HfConfig.of(config));
        assertThat(again.config()).isEqualTo(config);
        HfConfig plain = rewritten(again.withConfig(T5Config.small()));
        assertThat(plain.config()).isEqualTo(T5Config.small());
        assertThat(plain.get("t5j_shared_encoder_decoder").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(FeedForwardType.class)
    void everyFeedForwardTypeIsWrittenAndReadAgain(FeedForwardType type) {
        T5Config config = T5Config.builder().feedForwardType(type).build();
        assertThat(rewritten(HfConfig.of(config)).config()).isEqualTo(config);
    }

    @Test
    void tyingIsWrittenForBothVersionsOfTransformers() {
        HfConfig tied = rewritten(HfConfig.of(T5Config.small()));
        assertThat(tied.get("tie_word_embeddings").asBoolean(false)).isTrue();
        assertThat(tied.get("scale_decoder_outputs").isMissingNode()).isTrue();
        HfConfig untied = rewritten(HfConfig.of(T5Config.v1_1Small()));
        assertThat(untied.get("tie_word_embeddings").asBoolean(true)).isFalse();
        assertThat(untied.get("scale_decoder_outputs").isMissingNode()).isTrue();
        T5Config mixed = T5Config.builder().scaleDecoderOutputs(false).build();
        assertThat(rewritten(HfConfig.of(mixed)).config()).isEqualTo(mixed);
    }

    @Test
    void keysWithoutAUseAreKeptAndTheTypeOfTheWeightsIsCorrected() throws IOException {
        HfConfig config = read("""
                {"model_type":"mt5","n_positions":512,"dtype":"bfloat16","tokenizer_class":"T5Tokenizer",
                 "task_specific_params":{"summarization":{"prefix":"summarize: "}}}""");
        HfConfig again = rewritten(config.withConfig(config.config().withDropoutRate(0.25f)));
        assertThat(again.get("n_positions").asInt()).isEqualTo(512);
        assertThat(again.get("task_specific_params").at("/summarization/prefix").asText())
                .isEqualTo("summarize: ");
        assertThat(again.get("model_type").asText()).isEqualTo("mt5");
        assertThat(again.get("architectures").path(0).asText()).isEqualTo("MT5ForConditionalGeneration");
        assertThat(again.get("dropout_rate").asDouble()).isEqualTo(0.25);
        assertThat(again.get("torch_dtype").asText()).isEqualTo("float32");
        assertThat(again.get("dtype").isMissingNode()).isTrue();
    }

    @Test
    void numbersAreWrittenWithTheDigitsOfTheFloat() throws IOException {
        HfConfig.of(T5Config.small()).write(directory.resolve("config.json"));
        assertThat(Files.readString(directory.resolve("config.json")))
                .contains("\"dropout_rate\" : 0.1,")
                .contains("\"layer_norm_epsilon\" : 1.0E-6,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_type":"longt5"}                                   | model_type must be "t5"
            {"model_type":"bert"}                                     | found "bert"
            {}                                                        | found none
            {"model_type":"t5","is_encoder_decoder":false}            | is_encoder_decoder must be true
            {"model_type":"t5","d_model":"512"}                       | "d_model" must be a 32-bit integer, found "512"
            {"model_type":"t5","d_model":512.5}                       | "d_model" must be a 32-bit integer, found 512.5
            {"model_type":"t5","d_model":0}                           | d_model must be at least 1, found 0
            {"model_type":"t5","dropout_rate":1.5}                    | dropout_rate must be at least 0 and below 1, found 1.5
            {"model_type":"t5","feed_forward_proj":"gated-tanh"}      | feed_forward_proj "gated-tanh" is not supported
            {"model_type":"t5","feed_forward_proj":"gated-gelu","dense_act_fn":"relu"} | contradicts dense_act_fn "relu"
            {"model_type":"t5","feed_forward_proj":"gated-gelu","is_gated_act":false}  | contradicts dense_act_fn "gelu_new" with is_gated_act false
            {"model_type":"t5","d_kv":64,"d_kv":32}                   | not valid JSON: Duplicate
            {"model_type":"t5"                                        | not valid JSON
            [1]                                                       | must hold a JSON object
            """)
    void aBadFileIsRefusedWithItsName(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("read.json")
                .hasMessageContaining(message);
    }

    @Test
    void theGenerationConfigOfAModelIsTheMinimumOfHuggingFace() throws IOException {
        Path file = directory.resolve(HfGenerationConfig.FILE);
        HfGenerationConfig.of(T5Config.small()).write(file);
        assertThat(new ObjectMapper().readTree(Files.readString(file)))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"_from_model_config\":true,\"decoder_start_token_id\":0,"
                                + "\"eos_token_id\":1,\"pad_token_id\":0}"));
    }

    @Test
    void generationKeysAreReadAndOthersHaveDefaults() throws IOException {
        Path file = Files.writeString(directory.resolve(HfGenerationConfig.FILE), """
                {"num_beams":4,"length_penalty":0.6,"early_stopping":true,"max_new_tokens":30,
                 "eos_token_id":[1,2],"top_p":0.9,"do_sample":true,"assistant_early_exit":null}""");
        HfGenerationConfig config = HfGenerationConfig.readFrom(directory, T5Config.small());
        assertThat(config.numBeams()).isEqualTo(4);
        assertThat(config.lengthPenalty()).isEqualTo(0.6);
        assertThat(config.earlyStopping()).isTrue();
        assertThat(config.maxNewTokens()).hasValue(30);
        assertThat(config.eosTokenIds()).containsExactly(1, 2);
        assertThat(config.topP()).isEqualTo(0.9);
        assertThat(config.doSample()).isTrue();
        assertThat(config.maxLength()).isEqualTo(20);
        assertThat(config.minLength()).isZero();
        assertThat(config.topK()).isEqualTo(50);
        assertThat(config.temperature()).isEqualTo(1);
        assertThat(config.repetitionPenalty()).isEqualTo(1);
        assertThat(config.noRepeatNgramSize()).isZero();
        assertThat(config.numReturnSequences()).isEqualTo(1);
        assertThat(config.get("assistant_early_exit").isNull()).isTrue();
        Files.delete(file);
        assertThat(HfGenerationConfig.readFrom(directory, T5Config.small()).eosTokenIds())
                .containsExactly(1);
    }

    @Test
    void aGenerationKeyOfAnotherTypeIsRefusedWhenItIsAskedFor() throws IOException {
        Path file = Files.writeString(
                directory.resolve(HfGenerationConfig.FILE),
                "{\"num_beams\":\"four\",\"eos_token_id\":[\"a\"],\"early_stopping\":\"never\"}");
        HfGenerationConfig config = HfGenerationConfig.read(file);
        assertThat(config.earlyStopping()).isFalse();
        assertThatThrownBy(config::numBeams)
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("\"num_beams\" must be a 32-bit integer, found \"four\"");
        assertThatThrownBy(config::eosTokenIds).isInstanceOf(T5Exception.class).hasMessageContaining("found \"a\"");
    }

    private HfConfig read(String json) throws IOException {
        return HfConfig.read(Files.writeString(directory.resolve("read.json"), json));
    }

    private HfConfig rewritten(HfConfig config) {
        config.write(directory.resolve("written.json"));
        return HfConfig.read(directory.resolve("written.json"));
    }

    @Test
    void aCutFileIsNamedWithItsLineAndWithoutTheParsersOwnWords() throws IOException {
        Path file = Files.writeString(directory.resolve("config.json"), "{\n");
        assertThatThrownBy(() -> HfConfig.read(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageStartingWith(file + ", line 2, is not valid JSON: Unexpected end-of-input")
                .hasMessageContaining("It may be cut or damaged")
                .hasMessageNotContainingAny("Source", "REDACTED", "(");
    }
}
