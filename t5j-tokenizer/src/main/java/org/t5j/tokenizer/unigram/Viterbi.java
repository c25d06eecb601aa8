package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Utf8;

/**
 * The best path over the bytes of a text. Follows {@code Model::EncodeOptimized} of SentencePiece to the last bit: sums
 * of paths are kept as {@code float}, candidates are compared in {@code double} except those of unknown characters, the
 * first found wins a tie. Not for several threads at once.
 */
final class Viterbi {

    private final ScoredPieces pieces;

    // The best path to each byte position: its score, and start and id of its last piece.
    private float[] score = new float[1024];
    private int[] start = new int[1024];
    private int[] id = new int[1024];

    Viterbi(ScoredPieces pieces) {
        this.pieces = pieces;
    }

    /**
     * Appends the best path over {@code text[from, to)} to {@code out}.
     *
     * @param scoreBefore the score of the path up to {@code from}
     * @return the score up to {@code to}
     */
    float extend(byte[] text, int from, int to, float scoreBefore, Segmentation out) {
        int length = to - from;
        reset(length);
        score[0] = scoreBefore;
        for (int at = 0; at < length; ) {
            at = extendFrom(text, from, at, length);
        }
        int known = out.size();
        for (int end = length; end > 0; end = start[end]) {
            out.add(id[end], from + end);
        }
        out.reverse(known);
        return score[length];
    }

    private void reset(int length) {
        if (length >= start.length) {
            int size = Math.max(length + 1, 2 * start.length);
            score = new float[size];
            start = new int[size];
            id = new int[size];
        }
        Arrays.fill(start, 0, length + 1, -1);
    }

    /** Tries all pieces at one character, {@code at} after {@code from}; returns where the next character starts. */
    private int extendFrom(byte[] text, int from, int at, int length) {
        int nextAt = Math.min(at + Utf8.length(text[from + at]), length);
        double scoreHere = score[at];
        boolean characterIsPiece = false;
        ByteTrie trie = pieces.trie();
        long node = trie.root();
        for (int end = at + 1; end <= length; end++) {
            node = trie.child(node, text[from + end - 1]);
            if (node == ByteTrie.NONE) {
                break;
            }
            int piece = ByteTrie.value(node);
            if (piece < 0) {
                continue;
            }
            characterIsPiece |= end == nextAt;
            double candidate = pieces.score(piece) + scoreHere;
            if (start[end] < 0 || candidate > score[end]) {
                take((float) candidate, at, end, piece);
            }
        }
        if (!characterIsPiece) {
            float candidate = (float) pieces.score(pieces.unkId()) + score[at];
            if (start[nextAt] < 0 || candidate > score[nextAt]) {
                take(candidate, at, nextAt, pieces.unkId());
            }
        }
        return nextAt;
    }

    private void take(float candidate, int at, int end, int piece) {
        score[end] = candidate;
        start[end] = at;
        id[end] = piece;
    }
}
