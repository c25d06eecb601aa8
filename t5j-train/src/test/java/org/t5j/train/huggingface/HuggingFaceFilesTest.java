package org.t5j.train.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SentinelConvention;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.train.Fixtures;

/** Tokenizer files as Hugging Face has them: equal to T5's own, read back as they were written, read where others made them. */
class HuggingFaceFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TEXTS = List.of(
            "the king <extra_id_0>, of <extra_id_1> Israel.", "a</s> b <unk>", "<extra_id_7>x \u65E5", "", "  two  ");

    @TempDir
    Path directory;

    private static Path t5(String name) {
        Path file = Path.of(System.getProperty("t5j.shared", "shared"), "models", "t5-vocab", name);
        assumeTrue(Files.exists(file), "skipped: no " + file + " (set -Dt5j.shared)");
        return file;
    }

    private Tokenizer readBack() {
        return HuggingFaceFiles.readIn(directory, TokenizerConfig.readIn(directory));
    }

    @ParameterizedTest
    @CsvSource({"tokenizer_config.json", "special_tokens_map.json", "tokenizer.json"})
    void theFilesOfT5sVocabularyAreThoseOfHuggingFace(String name) throws IOException {
        HuggingFaceFiles.write(SentencePieceTokenizer.load(t5("spiece.model")), directory);
        JsonNode expected = JSON.readTree(t5(name).toFile());
        JsonNode written = JSON.readTree(directory.resolve(name).toFile());
        expected.properties().forEach(entry -> assertThat(written.path(entry.getKey()))
                .as(entry.getKey())
                .isEqualTo(entry.getValue()));
        assertThat(written).isEqualTo(expected);
        assertThat(directory.resolve("spiece.model")).hasSameBinaryContentAs(t5("spiece.model"));
    }

    @Test
    void aDirectoryWithTheFastTokenizerAloneIsRead() throws IOException {
        Files.copy(t5("tokenizer.json"), directory.resolve("tokenizer.json"));
        SentencePieceTokenizer read = (SentencePieceTokenizer) readBack();
        SentencePieceTokenizer expected = SentencePieceTokenizer.load(t5("spiece.model"));
        assertThat(read.vocabSize()).isEqualTo(32100);
        for (int id = 0; id < 32000; id++) {
            assertThat(read.model().pieces().get(id).text())
                    .isEqualTo(expected.model().pieces().get(id).text());
            assertThat(read.model().pieces().get(id).score())
                    .isEqualTo(expected.model().pieces().get(id).score());
            assertThat(read.model().pieces().get(id).type())
                    .isEqualTo(expected.model().pieces().get(id).type());
        }
        for (String text : TEXTS) {
            assertThat(read.encode(text)).isEqualTo(expected.encode(text));
            assertThat(read.decode(read.encode(text))).isEqualTo(expected.decode(expected.encode(text)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadBack(VocabularyConvention convention) throws IOException {
        Tokenizer written = convention.isBytes()
                ? convention.bytes(convention.usualExtraIds())
                : SentencePieceTokenizer.load(Fixtures.vocabulary(), 40, convention.sentinels());
        HuggingFaceFiles.write(written, directory);
        Tokenizer read = readBack();
        assertThat(VocabularyConvention.of(read)).isEqualTo(convention);
        assertThat(read.vocabSize()).isEqualTo(written.vocabSize());
        assertThat(read.sentinelCount()).isEqualTo(written.sentinelCount());
        assertThat(read.sentinelId(3)).isEqualTo(written.sentinelId(3));
        TEXTS.forEach(text -> assertThat(read.encode(text)).isEqualTo(written.encode(text)));
        if (!convention.isBytes()) {
            Files.delete(directory.resolve("spiece.model"));
            Tokenizer fast = readBack();
            TEXTS.forEach(text -> assertThat(fast.encode(text)).isEqualTo(written.encode(text)));
        }
    }

    @Test
    void aModelThatHoldsSentinelsNeedsNoConfiguration() throws IOException {
        ModelProto combined = ModelProto.read(Fixtures.vocabulary()).withSentinels(30);
        combined.write(directory.resolve("spiece.model"));
        SentencePieceTokenizer read = (SentencePieceTokenizer) readBack();
        assertThat(read.convention()).isEqualTo(SentinelConvention.SEQIO);
        assertThat(read.vocabSize()).isEqualTo(1030);
    }

    /** ByT5Tokenizer of recent releases writes extra_ids 0, older ones 125; google/byt5-small has config.json alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenizer_config.json | {'tokenizer_class': 'ByT5Tokenizer', 'extra_ids': 0, 'additional_special_tokens': ['<extra_id_0>', '<extra_id_1>']} | 261",
                "tokenizer_config.json | {'tokenizer_class': 'ByT5Tokenizer', 'extra_ids': 125} | 384",
                "tokenizer_config.json | {'tokenizer_class': 'ByT5Tokenizer'} | 384",
                "config.json | {'model_type': 't5', 'tokenizer_class': 'ByT5Tokenizer'} | 384"
            })
    void byT5IsKnownByItsClass(String name, String content, int vocabSize) throws IOException {
        Files.writeString(directory.resolve(name), content.replace('\'', '"'));
        assertThat(readBack()).isInstanceOf(ByteTokenizer.class);
        assertThat(readBack().vocabSize()).isEqualTo(vocabSize);
    }

    @Test
    void theConfigurationSaysWhichConvention() throws IOException {
        Files.copy(Fixtures.vocabulary(), directory.resolve("spiece.model"));
        assertThat(((SentencePieceTokenizer) readBack()).convention()).isEqualTo(SentinelConvention.HF_LEGACY);
        Files.writeString(directory.resolve("tokenizer_config.json"), "{\"legacy\": false, \"extra_ids\": 5}");
        SentencePieceTokenizer exact = (SentencePieceTokenizer) readBack();
        assertThat(exact.convention()).isEqualTo(SentinelConvention.HF_EXACT);
        assertThat(exact.sentinelCount()).isEqualTo(5);
        TokenizerConfig config = TokenizerConfig.readIn(directory);
        assertThat(config.with(null, 7).extraIds()).isEqualTo(7);
        assertThat(config.with(VocabularyConvention.SEQIO, null).extraIds()).isEqualTo(5);
        assertThat(config.with(VocabularyConvention.BYT5, null).extraIds()).isEqualTo(125);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model': {'type': 'BPE'}} | has a model other than Unigram",
                "{'model': {'type': 'Unigram', 'vocab': []}} | has no list of pieces",
                "{'model': {'vocab': [['a', 0.0]]}} | has no unknown piece",
                "{'model': {'vocab': [['a', 0.0], 3], 'unk_id': 0}} | has an entry 1 of model.vocab",
                "{'model': {'vocab': [['u', 0.0], ['a', 0.0], ['a', 0.0]], 'unk_id': 0}} | 'a' is there twice",
                "{'model': {'vocab': [['a', 0.0]], 'unk_id': 0}, 'normalizer': {'type': 'Precompiled', 'precompiled_charsmap': '!'}} | has a precompiled_charsmap that is not Base64",
                "[ | is not readable JSON"
            })
    void aFileThatIsNotUnderstoodIsNamed(String content, String message) throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), content.replace('\'', '"'));
        assertThatThrownBy(this::readBack)
                .isInstanceOfAny(T5Exception.class, TokenizerException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(message);
    }

    @Test
    void aDirectoryWithoutAVocabularyIsRefused() {
        assertThatThrownBy(this::readBack).isInstanceOf(T5Exception.class).hasMessageContaining("has no spiece.model");
    }
}
