package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One model against everything that was recorded of it: ids, pieces, decoded text, special ids. */
final class GoldenCheck {

    private GoldenCheck() {}

    static void check(Path model, Path texts, Path results, Path extra) {
        check(SentencePieceTokenizer.load(model, 0), texts, results, extra);
    }

    static void check(SentencePieceTokenizer tokenizer, Path texts, Path results, Path extra) {
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
        assertThat(tokenizer.bosId()).isEqualTo(extra.get("bos_id").asInt());
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
