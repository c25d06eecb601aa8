package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids, pieces and decoded text of unigram models equal those of C++ SentencePiece 0.1.97 on all recorded texts. */
class UnigramGoldenTest {

    @Test
    void theCommittedModelGivesTheRecordedIdsPiecesAndText() {
        check(
                Goldens.resource("uni1k_en.model"),
                Goldens.resource("texts.jsonl.gz"),
                Goldens.resource("uni1k_en.jsonl.gz"),
                Goldens.resource("uni1k_en.extra.json.gz"));
    }

    @ParameterizedTest
    @CsvSource({
        "t5_spiece, t5-vocab/spiece.model",
        "hf_albert_spiece, found/hf_albert_spiece.model",
        "hf_test_sentencepiece, found/hf_test_sentencepiece.model",
        "seqio_test, found/seqio_test.model",
        "sp_test_ja_model, found/sp_test_ja_model.model",
        "sp_test_model, found/sp_test_model.model",
        "torchtext_spm_example, found/torchtext_spm_example.model",
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
    void everyReferenceModelGivesTheRecordedIdsPiecesAndText(String golden, String model) {
        Path folder = Goldens.shared("golden/tokenizer");
        check(
                Goldens.shared("models/" + model),
                folder.resolve("texts.jsonl.gz"),
                folder.resolve(golden + ".jsonl.gz"),
                folder.resolve(golden + ".extra.json.gz"));
    }

    private static void check(Path model, Path texts, Path results, Path extra) {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(model, 0);
        List<Goldens.Row> rows = Goldens.rows(texts, results);
        assertThat(rows).hasSizeGreaterThan(400);
        for (Goldens.Row row : rows) {
            assertThat(tokenizer.encode(row.text()))
                    .as("ids of text %d '%s'", row.index(), row.text())
                    .isEqualTo(row.ids());
            checkPieces(tokenizer, row);
            assertThat(tokenizer.decode(row.ids()))
                    .as("decoded text %d '%s'", row.index(), row.text())
                    .isEqualTo(row.decoded());
        }
        checkExtra(tokenizer, Goldens.json(extra));
    }

    /** Where an unknown piece stands for some text and pieces were not recorded, only the number of pieces is known. */
    private static void checkPieces(SentencePieceTokenizer tokenizer, Goldens.Row row) {
        List<String> pieces = tokenizer.encodePieces(row.text());
        boolean unknownText = Arrays.stream(row.ids()).anyMatch(id -> id == tokenizer.unkId());
        if (row.pieces() == null && unknownText) {
            assertThat(pieces).hasSameSizeAs(row.ids());
            return;
        }
        List<String> expected = row.pieces() != null
                ? row.pieces()
                : Arrays.stream(row.ids()).mapToObj(tokenizer::piece).toList();
        assertThat(pieces).as("pieces of text %d '%s'", row.index(), row.text()).isEqualTo(expected);
    }

    private static void checkExtra(SentencePieceTokenizer tokenizer, JsonNode extra) {
        assertThat(tokenizer.vocabSize()).isEqualTo(extra.get("vocab_size").asInt());
        assertThat(tokenizer.unkId()).isEqualTo(extra.get("unk_id").asInt());
        assertThat(tokenizer.eosId()).isEqualTo(extra.get("eos_id").asInt());
        assertThat(tokenizer.padId()).isEqualTo(extra.get("pad_id").asInt());
        JsonNode decoded = extra.get("decode_random_ids");
        assertThat(decoded.size()).isGreaterThan(100);
        for (JsonNode pair : decoded) {
            assertThat(tokenizer.decode(Goldens.ints(pair.get(0))))
                    .as("decoded ids %s", pair.get(0))
                    .isEqualTo(pair.get(1).asText());
        }
    }
}
