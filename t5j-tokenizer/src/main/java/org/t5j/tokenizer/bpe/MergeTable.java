package org.t5j.tokenizer.bpe;

import java.util.Arrays;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;

/** What merges into what, and in which order. Immutable. */
final class MergeTable {

    final Vocabulary vocabulary;

    /** The pieces that two symbols may merge into. */
    final ByteTrie pieces;

    /** By id: 0 for the pieces that are merged first, those with the highest score. Equal scores have equal ranks. */
    final int[] ranks;

    /** Whether some pieces are merged but taken apart again in the end. */
    final boolean hasUnused;

    MergeTable(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        pieces = vocabulary.trieOf(Piece.Type.NORMAL, Piece.Type.USER_DEFINED, Piece.Type.UNUSED);
        hasUnused = vocabulary.has(Piece.Type.UNUSED);
        float[] distinct = new float[vocabulary.size()];
        for (int id = 0; id < distinct.length; id++) {
            distinct[id] = negated(vocabulary.score(id));
        }
        Arrays.sort(distinct);
        int count = 0;
        for (float score : distinct) {
            if (count == 0 || score != distinct[count - 1]) {
                distinct[count++] = score;
            }
        }
        ranks = new int[vocabulary.size()];
        for (int id = 0; id < ranks.length; id++) {
            ranks[id] = Arrays.binarySearch(distinct, 0, count, negated(vocabulary.score(id)));
        }
    }

    /** Zero has one sign, since it is one score. */
    private static float negated(float score) {
        return 0 - score;
    }
}
