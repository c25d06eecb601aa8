package org.t5j.tokenizer.unigram;

import java.util.List;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.ByteTrie;

/** The pieces during training: texts in UTF-8 and log-probabilities by index. Immutable. */
final class PieceTable {

    private final List<byte[]> texts;
    private final float[] scores;
    private final ByteTrie trie;
    private final float minScore;

    PieceTable(List<byte[]> texts, float[] scores) {
        if (texts.isEmpty()) {
            throw new TokenizerException("The text is too short to train a vocabulary on: no piece occurs often enough."
                    + " Give more text");
        }
        this.texts = List.copyOf(texts);
        this.scores = scores;
        trie = ByteTrie.of(texts);
        float min = Float.MAX_VALUE;
        for (float score : scores) {
            min = Math.min(min, score);
        }
        minScore = min;
    }

    int size() {
        return scores.length;
    }

    byte[] text(int index) {
        return texts.get(index);
    }

    float score(int index) {
        return scores[index];
    }

    float minScore() {
        return minScore;
    }

    /** Values are indices. */
    ByteTrie trie() {
        return trie;
    }
}
