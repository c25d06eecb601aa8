package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.ProtoMessage;

/** What every type of model makes of odd texts. */
class SegmentersTest {

    private static final List<Piece> PIECES = List.of(
            new Piece("\u2581", -1, Piece.Type.NORMAL),
            new Piece("a", -2, Piece.Type.NORMAL),
            new Piece("\u2581a", -3, Piece.Type.NORMAL));

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void oddTextsAreEncodedByEveryType(ModelType type) {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(TestModels.of(type, PIECES), 0);
        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.encode("   ")).isEmpty();
        for (String text : List.of("\0", "a\0a", "\uD83D", "\uDE00a\uD83D", "\uFFFF", "<s>", "</s> <unk>")) {
            assertThat(tokenizer.encode(text)).as(text).isNotEmpty().doesNotContain(1, 2);
        }
        assertThat(tokenizer.encode("a ".repeat(1_000_000))).hasSize(type == ModelType.CHAR ? 2_000_000 : 1_000_000);
        assertThat(tokenizer.encode("\u65e5".repeat(1_000_000)).length).isBetween(1, 2);
    }

    /** C++ fails to encode it. */
    @Test
    void aWordThatIsTheNameOfAControlPieceIsUnknown() {
        ModelProto model = TestModels.of(ModelType.WORD, PIECES);
        NormalizerSpec noPrefix = new NormalizerSpec(new ProtoMessage.Builder()
                .add(3, false) // add_dummy_prefix
                .build());
        SentencePieceTokenizer tokenizer =
                SentencePieceTokenizer.of(new ModelProto(model.pieces(), model.trainerSpec(), noPrefix), 0);
        assertThat(tokenizer.encode("<s> a")).containsExactly(0, 5);
        assertThat(tokenizer.encodePieces("<s> a")).containsExactly("<s>", "\u2581a");
    }
}
