package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Utf8;

/**
 * The best path over one short word in {@code double}, and how far its choice can be trusted when {@link Viterbi} sums
 * in {@code float} from some score before the word.
 *
 * <p>Let {@code margin} be the least distance, over the positions on the best path, of the best way there to the next
 * best. A float sum of {@code n} terms that stay below {@code m} in size is off by at most {@code n/2} units in the last
 * place of {@code m}, each at most {@code m * 2^-23}; so both sides of a comparison together are off by less than the
 * margin as long as {@code n * m * 2^-23 < margin}. {@link #limit()} takes twice that error. Not for several threads at
 * once.
 */
final class WordSearch {

    private static final double RELIABLE = 1 << 22;

    private final ScoredPieces pieces;
    private final double[] best;
    private final double[] rival;
    private final int[] start;
    private final int[] id;
    private final int[] path;
    private int pathStart;
    private double limit;

    /** @param maxLength the most bytes that a word may have */
    WordSearch(ScoredPieces pieces, int maxLength) {
        this.pieces = pieces;
        best = new double[maxLength + 1];
        rival = new double[maxLength + 1];
        start = new int[maxLength + 1];
        id = new int[maxLength + 1];
        path = new int[maxLength + 1];
    }

    /** Finds the best path over {@code text[from, to)}. */
    void search(byte[] text, int from, int to) {
        int length = to - from;
        Arrays.fill(best, 1, length + 1, Double.NEGATIVE_INFINITY);
        Arrays.fill(rival, 0, length + 1, Double.NEGATIVE_INFINITY);
        for (int at = 0; at < length; ) {
            at = extendFrom(text, from, at, length);
        }
        double reach = 0;
        for (int end = 1; end <= length; end++) {
            reach = Math.max(reach, best[end] == Double.NEGATIVE_INFINITY ? 0 : Math.abs(best[end]));
        }
        double margin = Double.POSITIVE_INFINITY;
        pathStart = path.length;
        for (int end = length; end > 0; end = start[end]) {
            margin = Math.min(margin, best[end] - rival[end]);
            path[--pathStart] = end;
        }
        limit = margin * RELIABLE / (length + 2) - reach;
    }

    private int extendFrom(byte[] text, int from, int at, int length) {
        int nextAt = Math.min(at + Utf8.length(text[from + at]), length);
        boolean characterIsPiece = false;
        ByteTrie trie = pieces.trie();
        long node = trie.root();
        for (int end = at + 1; end <= length; end++) {
            node = trie.child(node, text[from + end - 1]);
            if (node == ByteTrie.NONE) {
                break;
            }
            int piece = ByteTrie.value(node);
            if (piece >= 0) {
                characterIsPiece |= end == nextAt;
                consider(at, end, piece);
            }
        }
        if (!characterIsPiece) {
            consider(at, nextAt, pieces.unkId());
        }
        return nextAt;
    }

    private void consider(int at, int end, int piece) {
        double candidate = best[at] + pieces.score(piece);
        if (candidate > best[end]) {
            rival[end] = best[end];
            best[end] = candidate;
            start[end] = at;
            id[end] = piece;
        } else {
            rival[end] = Math.max(rival[end], candidate);
        }
    }

    /** The path holds for a score before the word that is less than this in size. */
    double limit() {
        return limit;
    }

    /** Number of pieces on the best path. */
    int size() {
        return path.length - pathStart;
    }

    /** The id of piece {@code index}. */
    int id(int index) {
        return id[end(index)];
    }

    /** The byte of the word after piece {@code index}. */
    int end(int index) {
        return path[pathStart + index];
    }
}
