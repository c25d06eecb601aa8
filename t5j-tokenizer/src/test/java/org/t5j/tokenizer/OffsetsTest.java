package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.tokenizer.model.ModelProto;

/** The places of pieces equal those of C++ SentencePiece 0.1.97 on recorded texts; with sentinels they fit the text. */
class OffsetsTest {

    private static final JsonNode RECORDED = Goldens.json(Goldens.resource("offsets.json.gz"));

    @Test
    void theCommittedModelGivesTheRecordedPlaces() {
        check(Goldens.resource("uni1k_en.model"), "trained/uni1k_en.model");
    }

    static List<String> models() {
        List<String> names = new ArrayList<>();
        RECORDED.get("offsets").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyReferenceModelGivesTheRecordedPlaces(String model) {
        check(Goldens.shared("models/" + model), model);
    }

    private static void check(Path file, String model) {
        SentencePieceTokenizer tokenizer;
        try {
            tokenizer = SentencePieceTokenizer.load(file, 0);
        } catch (TokenizerException unsupported) {
            assumeTrue(!unsupported.getMessage().contains("supported is"), unsupported.getMessage());
            throw unsupported;
        }
        JsonNode rows = RECORDED.get("offsets").get(model);
        assertThat(rows.size()).isGreaterThan(70);
        for (int i = 0; i < rows.size(); i++) {
            String text = RECORDED.get("texts").get(i).asText();
            Encoding encoding = tokenizer.encodeWithOffsets(text);
            int[] places = new int[2 * encoding.size()];
            for (int piece = 0; piece < encoding.size(); piece++) {
                places[2 * piece] = text.codePointCount(0, encoding.start(piece));
                places[2 * piece + 1] = text.codePointCount(0, encoding.end(piece));
            }
            assertThat(places).as("places in '%s': %s", text, encoding).isEqualTo(Goldens.ints(rows.get(i)));
            assertThat(encoding.ids()).isEqualTo(tokenizer.encode(text));
            assertThat(encoding.pieces()).isEqualTo(tokenizer.encodePieces(text));
        }
    }

    @Test
    void sentinelsHaveThePlacesOfTheirNames() {
        ModelProto model = ModelProto.read(Goldens.resource("uni1k_en.model"));
        String text = "  <extra_id_0> the  king\u3000<extra_id_1>\uD83D\uDE00 of </s> Israel <extra_id_1>";
        for (SentinelConvention spacing : List.of(SentinelConvention.HF_LEGACY, SentinelConvention.HF_EXACT)) {
            SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 100, spacing);
            Encoding encoding = tokenizer.encodeWithOffsets(text);
            assertThat(encoding.ids()).as(spacing.name()).isEqualTo(tokenizer.encode(text));
            assertThat(encoding.pieces()).isEqualTo(tokenizer.encodePieces(text));
            List<String> named = new ArrayList<>();
            StringBuilder covered = new StringBuilder();
            for (int i = 0; i < encoding.size(); i++) {
                String part = text.substring(encoding.start(i), encoding.end(i));
                covered.append(part);
                if (part.startsWith("<")) {
                    named.add(encoding.pieces().get(i) + encoding.start(i));
                    assertThat(part).isEqualTo(encoding.pieces().get(i));
                }
            }
            assertThat(named)
                    .containsExactly(
                            "<extra_id_0>2",
                            "<extra_id_1>" + text.indexOf("<extra_id_1>"),
                            "</s>" + text.indexOf("</s>"),
                            "<extra_id_1>" + text.lastIndexOf("<extra_id_1>"));
            assertThat(covered.toString().replaceAll("\\s", "")).isEqualTo(text.replaceAll("[\\s\u3000]", ""));
        }
    }

    @Test
    void halfASurrogatePairIsOnePlaceAndAWholeOneIsNotCut() {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"), 0);
        assertThat(tokenizer.encodeWithOffsets("a\uD800b"))
                .hasToString(tokenizer.encodeWithOffsets("a b").toString());
        Encoding pair = tokenizer.encodeWithOffsets("\uD83D\uDE00");
        assertThat(pair.end(pair.size() - 1)).isEqualTo(2);
        assertThat(tokenizer.encodeWithOffsets("").size()).isZero();
    }
}
