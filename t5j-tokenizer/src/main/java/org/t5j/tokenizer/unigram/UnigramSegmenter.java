package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.Segmenter;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;

/**
 * The segmentation with the highest sum of scores, by Viterbi over byte positions.
 *
 * <p>Follows {@code Model::EncodeOptimized} of SentencePiece to the last bit: sums of paths are kept as {@code float},
 * candidates are compared in {@code double} except those of unknown characters, the first found wins a tie.
 */
public final class UnigramSegmenter implements Segmenter {

    private static final float UNKNOWN_PENALTY = 10;
    private static final int MAX_KEPT_LENGTH = 1 << 20;

    private final ByteTrie trie;
    private final double[] scores;
    private final float unknownScore;
    private final int unkId;
    private final ThreadLocal<Paths> paths = ThreadLocal.withInitial(Paths::new);

    /** The best path to each byte position: its score, and start and id of its last piece. */
    private static final class Paths {
        float[] score = new float[1024];
        int[] start = new int[1024];
        int[] id = new int[1024];

        void reset(int length) {
            if (length >= start.length) {
                int size = Math.max(length + 1, 2 * start.length);
                score = new float[size];
                start = new int[size];
                id = new int[size];
            }
            Arrays.fill(start, 0, length + 1, -1);
            score[0] = 0;
        }
    }

    public UnigramSegmenter(Vocabulary vocabulary) {
        trie = vocabulary.trieOf(Piece.Type.NORMAL, Piece.Type.USER_DEFINED);
        unkId = vocabulary.unkId();
        float min = Float.MAX_VALUE;
        float max = Float.MIN_NORMAL;
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.piece(id).type() == Piece.Type.NORMAL) {
                min = Math.min(min, vocabulary.piece(id).score());
                max = Math.max(max, vocabulary.piece(id).score());
            }
        }
        unknownScore = min - UNKNOWN_PENALTY;
        scores = new double[vocabulary.size()];
        Bytes text = new Bytes(64);
        for (int id = 0; id < scores.length; id++) {
            Piece piece = vocabulary.piece(id);
            text.clear();
            text.append(piece.text(), 0, piece.text().length());
            scores[id] = piece.type() == Piece.Type.USER_DEFINED ? text.length() * max - 0.1 : piece.score();
        }
    }

    @Override
    public void segment(Bytes text, Segmentation out) {
        Paths best = paths.get();
        best.reset(text.length());
        findPaths(text.array(), text.length(), best);
        out.clear();
        for (int end = text.length(); end > 0; end = best.start[end]) {
            out.add(best.id[end], end);
        }
        out.reverse();
        if (text.length() > MAX_KEPT_LENGTH) {
            paths.remove();
        }
    }

    private void findPaths(byte[] text, int length, Paths best) {
        float[] score = best.score;
        int[] start = best.start;
        int[] id = best.id;
        for (int at = 0; at < length; ) {
            int nextAt = Math.min(at + Utf8.length(text[at]), length);
            double scoreHere = score[at];
            boolean characterIsPiece = false;
            long node = trie.root();
            for (int end = at + 1; end <= length; end++) {
                node = trie.child(node, text[end - 1]);
                if (node == ByteTrie.NONE) {
                    break;
                }
                int piece = ByteTrie.value(node);
                if (piece < 0) {
                    continue;
                }
                characterIsPiece |= end == nextAt;
                double candidate = scores[piece] + scoreHere;
                if (start[end] < 0 || candidate > score[end]) {
                    score[end] = (float) candidate;
                    start[end] = at;
                    id[end] = piece;
                }
            }
            if (!characterIsPiece) {
                float candidate = unknownScore + score[at];
                if (start[nextAt] < 0 || candidate > score[nextAt]) {
                    score[nextAt] = candidate;
                    start[nextAt] = at;
                    id[nextAt] = unkId;
                }
            }
            at = nextAt;
        }
    }
}
