package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.tokenizer.model.ModelProto;

/** T5's vocabulary with sentinels, against recorded outputs of Hugging Face's slow T5Tokenizer 4.43 and of seqio. */
class SentinelGoldenTest {

    @ParameterizedTest
    @CsvSource({"HF_LEGACY, v4.43_legacy", "HF_EXACT, v4.43_nonlegacy"})
    void idsAndTokensOfTextsWithSpecialTokensEqualHuggingFace(SentinelConvention convention, String name) {
        SentencePieceTokenizer tokenizer = t5(convention);
        JsonNode rows = Goldens.json(Goldens.shared("golden/tokenizer/hf_t5tokenizer_v443.json"));
        assertThat(rows.size()).isGreaterThan(200);
        for (JsonNode row : rows) {
            String text = row.get("text").asText();
            JsonNode expected = row.get(name);
            boolean ownEnd = text.endsWith("</s>"); // Hugging Face then adds no end of its own.
            int[] ids = Goldens.ints(expected.get("ids"));
            int length = ownEnd ? ids.length : ids.length - 1;
            assertThat(ids[ids.length - 1]).isEqualTo(tokenizer.eosId());
            assertThat(tokenizer.encode(text)).as("ids of '%s'", text).isEqualTo(Arrays.copyOf(ids, length));
            List<String> tokens = Goldens.strings(expected.get("tokens"));
            assertThat(Arrays.stream(ids).limit(length).mapToObj(tokenizer::piece))
                    .as("tokens of '%s'", text)
                    .containsExactlyElementsOf(tokens.subList(0, length));
            assertThat(tokenizer.encodePieces(text)).hasSize(length);
        }
    }

    @Test
    void decodedSentinelsEqualSeqio() {
        SentencePieceTokenizer tokenizer = t5(SentinelConvention.HF_LEGACY);
        JsonNode rows = Goldens.json(Goldens.shared("golden/tokenizer/seqio_extra_ids.json"));
        assertThat(rows.size()).isGreaterThan(200);
        for (JsonNode row : rows) {
            assertThat(tokenizer.decode(Goldens.ints(row.get("ids"))))
                    .isEqualTo(row.get("dec").asText());
        }
    }

    private static SentencePieceTokenizer t5(SentinelConvention convention) {
        ModelProto model = ModelProto.read(Goldens.shared("models/t5-vocab/spiece.model"));
        return SentencePieceTokenizer.of(model, SentencePieceTokenizer.T5_EXTRA_IDS, convention);
    }
}
