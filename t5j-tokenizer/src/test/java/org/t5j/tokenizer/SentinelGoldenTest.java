package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.tokenizer.HuggingFaceDecoder.Version;
import org.t5j.tokenizer.model.ModelProto;

/**
 * T5's vocabulary with sentinels, against recorded outputs of Hugging Face's slow T5Tokenizer 4.43 and 4.5.1, of seqio
 * and, where it is installed, against spm_encode.
 */
class SentinelGoldenTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "hf_t5tokenizer_v443, v4.43_legacy, HF_LEGACY, V4_43",
        "hf_t5tokenizer_v443, v4.43_nonlegacy, HF_EXACT, V4_43",
        "hf_t5tokenizer_v451, v4.5.1, HF_LEGACY, V4_5"
    })
    void idsTokensAndTextEqualHuggingFace(String file, String name, SentinelConvention convention, Version version) {
        SentencePieceTokenizer tokenizer = t5(convention);
        HuggingFaceDecoder decoder = new HuggingFaceDecoder(tokenizer, version);
        for (JsonNode row : rows(file)) {
            String text = row.get("text").asText();
            JsonNode expected = row.get(name);
            int[] ids = Goldens.ints(expected.get("ids"));
            int length = text.endsWith("</s>") ? ids.length : ids.length - 1; // else Hugging Face added the end
            assertThat(ids[ids.length - 1]).isEqualTo(tokenizer.eosId());
            assertThat(tokenizer.encode(text)).as("ids of '%s'", text).isEqualTo(Arrays.copyOf(ids, length));
            assertThat(Arrays.stream(ids).mapToObj(tokenizer::piece))
                    .as("tokens of '%s'", text)
                    .containsExactlyElementsOf(Goldens.strings(expected.get("tokens")));
            assertThat(tokenizer.encodePieces(text)).hasSize(length);
            assertThat(decoder.decode(false, ids))
                    .as("text of '%s'", text)
                    .isEqualTo(expected.get("decode").asText());
            assertThat(decoder.decode(true, ids))
                    .as("text of '%s' without special tokens", text)
                    .isEqualTo(expected.get("decode_skip_special").asText());
        }
    }

    @Test
    void idsPiecesAndTextEqualSeqio() {
        SentencePieceTokenizer tokenizer = t5(SentinelConvention.SEQIO);
        for (JsonNode row : rows("seqio_extra_ids")) {
            String text = row.get("text").asText();
            int[] ids = Goldens.ints(row.get("ids"));
            assertThat(tokenizer.encode(text)).as("ids of '%s'", text).isEqualTo(ids);
            assertThat(tokenizer.encodePieces(text))
                    .as("pieces of '%s'", text)
                    .isEqualTo(Goldens.strings(row.get("pieces")));
            assertThat(tokenizer.decode(ids)).isEqualTo(row.get("dec").asText());
            assertThat(t5(SentinelConvention.HF_LEGACY).decode(ids))
                    .as("the names are the same in all conventions")
                    .isEqualTo(row.get("dec").asText());
        }
    }

    @Test
    void spmEncodeReadsTheCombinedModelAsSeqioDoes() throws Exception {
        Path model = directory.resolve("combined.model");
        t5(SentinelConvention.SEQIO).model().write(model);
        JsonNode rows = rows("seqio_extra_ids");
        StringBuilder texts = new StringBuilder();
        StringBuilder ids = new StringBuilder();
        for (JsonNode row : rows) {
            texts.append(row.get("text").asText()).append('\n');
            ids.append(String.join(" ", Goldens.strings(row.get("ids")))).append('\n');
        }
        assertThat(texts.toString().lines()).hasSize(rows.size());
        assertThat(SpmTools.run(directory, texts.toString(), "spm_encode", "--model=" + model, "--output_format=id"))
                .isEqualTo(ids.toString());
    }

    private static JsonNode rows(String name) {
        JsonNode rows = Goldens.json(Goldens.shared("golden/tokenizer/" + name + ".json"));
        assertThat(rows.size()).isGreaterThan(200);
        return rows;
    }

    private static SentencePieceTokenizer t5(SentinelConvention convention) {
        ModelProto model = ModelProto.read(Goldens.shared("models/t5-vocab/spiece.model"));
        return SentencePieceTokenizer.of(model, SentencePieceTokenizer.T5_EXTRA_IDS, convention);
    }
}
