package org.t5j.tokenizer.unigram;

import java.nio.charset.StandardCharsets;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;

/** The pieces of a vocabulary that text is cut into, with their scores as SentencePiece counts them. Immutable. */
final class ScoredPieces {

    private static final float UNKNOWN_PENALTY = 10;
    private static final double USER_DEFINED_PENALTY = 0.1;
    private static final char SPACE = '\u2581';

    private final ByteTrie trie;
    private final double[] scores;
    private final float[] latticeScores;
    private final int unkId;
    private final boolean withinWords;

    ScoredPieces(Vocabulary vocabulary) {
        trie = vocabulary.trieOf(Piece.Type.NORMAL, Piece.Type.USER_DEFINED);
        unkId = vocabulary.unkId();
        float min = Float.MAX_VALUE;
        float max = Float.MIN_NORMAL;
        boolean spaceWithin = false;
        for (int id = 0; id < vocabulary.size(); id++) {
            Piece piece = vocabulary.piece(id);
            if (piece.type() == Piece.Type.NORMAL) {
                min = Math.min(min, piece.score());
                max = Math.max(max, piece.score());
            }
            spaceWithin |= isCutInto(piece.type()) && piece.text().indexOf(SPACE, 1) > 0;
        }
        withinWords = !spaceWithin;
        scores = new double[vocabulary.size()];
        latticeScores = new float[vocabulary.size()];
        for (int id = 0; id < scores.length; id++) {
            Piece piece = vocabulary.piece(id);
            boolean userDefined = piece.type() == Piece.Type.USER_DEFINED;
            int bytes = piece.text().getBytes(StandardCharsets.UTF_8).length;
            int characters = piece.text().codePointCount(0, piece.text().length());
            scores[id] = userDefined ? bytes * max - USER_DEFINED_PENALTY : piece.score();
            latticeScores[id] = userDefined ? (float) (characters * max - USER_DEFINED_PENALTY) : piece.score();
        }
        scores[unkId] = min - UNKNOWN_PENALTY;
        latticeScores[unkId] = min - UNKNOWN_PENALTY;
    }

    private static boolean isCutInto(Piece.Type type) {
        return type == Piece.Type.NORMAL || type == Piece.Type.USER_DEFINED;
    }

    /** The pieces by their bytes; values are ids. */
    ByteTrie trie() {
        return trie;
    }

    /**
     * The score of piece {@code id} in the search for the best path, where a user-defined one counts by bytes; with the
     * unknown id that of a character without a piece.
     */
    double score(int id) {
        return scores[id];
    }

    /** The score of piece {@code id} in a lattice, where a user-defined one counts by characters. */
    float latticeScore(int id) {
        return latticeScores[id];
    }

    int unkId() {
        return unkId;
    }

    /** True if ▁ stands in no piece but at its start, so that every path passes the start of every word. */
    boolean withinWords() {
        return withinWords;
    }
}
