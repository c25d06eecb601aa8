package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.ByteTrie;

/**
 * The pieces during training: texts in UTF-8 and log-probabilities by index. Immutable. Tables selected from another
 * share its trie, and make a new one when less than half of its pieces are left.
 */
final class PieceTable {

    private static final int DROPPED = -1;

    private final byte[][] texts;
    private final float[] scores;
    private final float minScore;
    private final ByteTrie trie;

    /** By the trie's value, the index of the piece. */
    private final int[] indices;

    /** By index, the trie's value. */
    private final int[] values;

    /**
     * @param scores log-probabilities of {@code texts}
     * @throws TokenizerException if there is no piece
     */
    PieceTable(byte[][] texts, float[] scores) {
        this(texts, scores, ByteTrie.of(List.of(texts)), identity(texts.length), identity(texts.length));
    }

    private PieceTable(byte[][] texts, float[] scores, ByteTrie trie, int[] indices, int[] values) {
        if (texts.length == 0) {
            throw new TokenizerException("The text is too short to train a vocabulary on: no piece occurs often enough."
                    + " Give more text");
        }
        this.texts = texts;
        this.scores = scores;
        this.trie = trie;
        this.indices = indices;
        this.values = values;
        float min = Float.MAX_VALUE;
        for (float score : scores) {
            min = Math.min(min, score);
        }
        minScore = min;
    }

    private static int[] identity(int size) {
        int[] numbers = new int[size];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    /**
     * The table of the pieces {@code kept}, in that order, with new scores.
     *
     * @throws TokenizerException if none is kept
     */
    PieceTable select(int[] kept, float[] newScores) {
        byte[][] newTexts = new byte[kept.length][];
        int[] newValues = new int[kept.length];
        int[] newIndices = new int[indices.length];
        Arrays.fill(newIndices, DROPPED);
        for (int i = 0; i < kept.length; i++) {
            newTexts[i] = texts[kept[i]];
            newValues[i] = values[kept[i]];
            newIndices[newValues[i]] = i;
        }
        return kept.length < indices.length / 2
                ? new PieceTable(newTexts, newScores)
                : new PieceTable(newTexts, newScores, trie, newIndices, newValues);
    }

    int size() {
        return scores.length;
    }

    byte[] text(int index) {
        return texts[index];
    }

    float score(int index) {
        return scores[index];
    }

    /** The least of all scores. */
    float minScore() {
        return minScore;
    }

    /** A trie that holds all pieces, and some that were dropped; see {@link #indexAt}. */
    ByteTrie trie() {
        return trie;
    }

    /** The index of the piece that ends at a node of the trie, or -1. */
    int indexAt(long node) {
        int value = ByteTrie.value(node);
        return value < 0 ? DROPPED : indices[value];
    }
}
