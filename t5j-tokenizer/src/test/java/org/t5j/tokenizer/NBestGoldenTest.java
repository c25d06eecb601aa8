package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The five best segmentations of unigram models equal those of C++ SentencePiece 0.1.97, in its order. */
class NBestGoldenTest {

    @ParameterizedTest
    @CsvSource({
        "t5_spiece, t5-vocab/spiece.model",
        "hf_albert_spiece, found/hf_albert_spiece.model",
        "sp_test_ja_model, found/sp_test_ja_model.model",
        "sp_test_model, found/sp_test_model.model",
        "uni1k_cf, trained/uni1k_cf.model",
        "uni1k_customnorm, trained/uni1k_customnorm.model",
        "uni1k_en, trained/uni1k_en.model",
        "uni1k_identity, trained/uni1k_identity.model",
        "uni1k_nodummy, trained/uni1k_nodummy.model",
        "uni2k_nosplitws, trained/uni2k_nosplitws.model",
        "uni2k_uds, trained/uni2k_uds.model",
        "uni6k_ml, trained/uni6k_ml.model",
        "uni8k_en, trained/uni8k_en.model",
        "uni8k_ml_bytes, trained/uni8k_ml_bytes.model"
    })
    void theFiveBestAreThoseRecorded(String golden, String model) {
        Path folder = Goldens.shared("golden/tokenizer");
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.shared("models/" + model), 0);
        List<Goldens.Row> rows = Goldens.rows(folder.resolve("texts.jsonl.gz"), folder.resolve(golden + ".jsonl.gz"));
        JsonNode recorded =
                Goldens.json(folder.resolve(golden + ".extra.json.gz")).get("nbest5");
        assertThat(recorded).hasSize(40);
        for (JsonNode row : recorded) {
            String text = rows.get(row.get(0).asInt()).text();
            assertThat(rows.get(row.get(0).asInt()).index())
                    .isEqualTo(row.get(0).asInt());
            List<int[]> expected = new ArrayList<>();
            row.get(1).forEach(ids -> expected.add(Goldens.ints(ids)));
            assertThat(tokenizer.encodeNBest(text, 5).toArray(int[][]::new))
                    .as("n best of text %d '%s'", row.get(0).asInt(), text)
                    .isDeepEqualTo(expected.toArray(int[][]::new));
        }
    }

    @Test
    void oneBestIsTheEncoding() {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"), 0);
        for (String text : List.of("", "It was a bright cold day", "a  b")) {
            assertThat(tokenizer.encodeNBest(text, 1)).hasSize(1).first().isEqualTo(tokenizer.encode(text));
        }
        assertThatThrownBy(() -> tokenizer.encodeNBest("a", 0)).isInstanceOf(TokenizerException.class);
    }

    @Test
    void alternativesOfTextBetweenSentinelsAreCombined() {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"));
        List<int[]> found = tokenizer.encodeNBest("cold day <extra_id_0> bright", 50);
        assertThat(found).hasSize(50).doesNotHaveDuplicates();
        assertThat(found.get(0)).isEqualTo(tokenizer.encode("cold day <extra_id_0> bright"));
        assertThat(found)
                .allSatisfy(ids -> assertThat(tokenizer.decode(ids)).isEqualTo("cold day <extra_id_0> bright"));
    }
}
