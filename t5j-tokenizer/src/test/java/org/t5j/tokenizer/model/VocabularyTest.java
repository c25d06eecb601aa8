package org.t5j.tokenizer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.t5j.tokenizer.TestModels;

/** Looking pieces up by text, where text and reserved pieces meet. */
class VocabularyTest {

    private final Vocabulary vocabulary = Vocabulary.of(TestModels.of(
            ModelType.BPE,
            List.of(
                    new Piece("the", -1, Piece.Type.NORMAL),
                    new Piece("?", -2, Piece.Type.NORMAL),
                    new Piece("</s>", -3, Piece.Type.NORMAL),
                    new Piece("\u65e5\u672c", -4, Piece.Type.USER_DEFINED),
                    new Piece("old", -5, Piece.Type.UNUSED))));

    @Test
    void aReservedPieceGoesBeforeTextOfTheSameName() {
        assertThat(vocabulary.idOf("</s>")).isEqualTo(2);
        assertThat(vocabulary.controlId("</s>")).isEqualTo(2);
        assertThat(vocabulary.controlId("the")).isEqualTo(-1);
        assertThat(vocabulary.bosId()).isEqualTo(1);
        assertThat(vocabulary.idOf("<unk>")).isEqualTo(vocabulary.unkId());
    }

    @Test
    void textIsNeverAControlPiece() {
        assertThat(segmentId("</s>")).isEqualTo(5);
        assertThat(segmentId("<s>")).isEqualTo(vocabulary.unkId());
        assertThat(segmentId("\u65e5\u672c")).isEqualTo(6);
        assertThat(segmentId("old")).isEqualTo(7);
    }

    @Test
    void whatIsNoPieceIsUnknown() {
        for (String text : List.of("", "th", "thee", "\uD83D", "\uDE00?")) {
            assertThat(vocabulary.idOf(text)).as(text).isEqualTo(vocabulary.unkId());
        }
        assertThat(vocabulary.idOf(new byte[] {'t', 'h'}, 0, 2)).isEqualTo(-1);
        assertThat(vocabulary.idOf(new byte[] {'<', 's', '>'}, 0, 3)).isEqualTo(-1);
    }

    @Test
    void scoresAndTypesAreThoseOfThePieces() {
        for (int id = 0; id < vocabulary.size(); id++) {
            assertThat(vocabulary.score(id)).isEqualTo(vocabulary.piece(id).score());
            assertThat(vocabulary.type(id)).isEqualTo(vocabulary.piece(id).type());
        }
        assertThat(vocabulary.has(Piece.Type.UNUSED)).isTrue();
        assertThat(vocabulary.has(Piece.Type.BYTE)).isFalse();
    }

    @Test
    void aTrieHoldsThePiecesOfItsTypes() {
        byte[] old = "old".getBytes(StandardCharsets.UTF_8);
        assertThat(vocabulary.trieOf(Piece.Type.NORMAL, Piece.Type.USER_DEFINED).find(old, 0, 3))
                .isEqualTo(-1);
        assertThat(vocabulary.trieOf(Piece.Type.UNUSED).find(old, 0, 3)).isEqualTo(7);
        assertThat(vocabulary.userDefined().find(old, 0, 3)).isEqualTo(-1);
        byte[] symbol = "\u65e5\u672c".getBytes(StandardCharsets.UTF_8);
        assertThat(vocabulary.userDefined().longestMatch(symbol, 0, 6)).isEqualTo(6);
    }

    private int segmentId(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return vocabulary.segmentId(utf8, 0, utf8.length);
    }
}
