package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Utf8;

/**
 * All segmentations of one word by a {@link PieceTable}, as a graph whose edges are pieces. Filled again for each word;
 * not for several threads at once. A character without a piece is an edge with the index {@link #UNKNOWN}.
 *
 * <p>Uses {@link StrictMath} so that training gives the same bytes on every machine.
 */
final class Lattice {

    static final int UNKNOWN = -1;

    private static final float UNKNOWN_PENALTY = 10;
    private static final double NO_PATH = Double.NEGATIVE_INFINITY;

    private int length;
    private int edges;
    private int[] start = new int[64];
    private int[] end = new int[64];
    private int[] piece = new int[64];
    private float[] score = new float[64];

    // By position: log-sums of paths up to it and from it, as a maximum and a sum relative to it.
    private double[] forward = new double[64];
    private double[] backward = new double[64];
    private double[] sum = new double[64];

    // By rank and position: the two best paths to it, with last edge and the rank of the path before that.
    private final double[][] best = new double[2][64];
    private final int[][] bestEdge = new int[2][64];
    private final int[][] bestRank = new int[2][64];
    private int[] path = new int[64];

    /** Fills the lattice with all pieces of {@code table} that occur in {@code word}. */
    void fill(byte[] word, PieceTable table) {
        length = word.length;
        edges = 0;
        reserve();
        ByteTrie trie = table.trie();
        for (int at = 0; at < length; ) {
            int next = Math.min(at + Utf8.length(word[at]), length);
            boolean characterIsPiece = false;
            long node = trie.root();
            for (int to = at + 1; to <= length; to++) {
                node = trie.child(node, word[to - 1]);
                if (node == ByteTrie.NONE) {
                    break;
                }
                int index = ByteTrie.value(node);
                if (index >= 0) {
                    addEdge(at, to, index, table.score(index));
                    characterIsPiece |= to == next;
                }
            }
            if (!characterIsPiece) {
                addEdge(at, next, UNKNOWN, table.minScore() - UNKNOWN_PENALTY);
            }
            at = next;
        }
    }

    /** Adds to {@code expected}, by piece, how often it is expected in {@code count} occurrences of the word. */
    void addExpected(long count, double[] expected) {
        sumPaths(forward, 0, edges, 1, start, end);
        sumPaths(backward, length, -1, -1, end, start);
        double all = forward[length];
        for (int i = 0; i < edges; i++) {
            if (piece[i] != UNKNOWN) {
                expected[piece[i]] += count * StrictMath.exp(forward[start[i]] + score[i] + backward[end[i]] - all);
            }
        }
    }

    /** Log-sum of the paths from position {@code origin} to each position, over the edges in topological order. */
    private void sumPaths(double[] total, int origin, int stop, int step, int[] from, int[] to) {
        Arrays.fill(total, 0, length + 1, NO_PATH);
        Arrays.fill(sum, 0, length + 1, 0);
        total[origin] = 0;
        sum[origin] = 1;
        for (int i = step > 0 ? 0 : edges - 1; i != stop; i += step) {
            int source = from[i];
            if (sum[source] != 1) {
                total[source] += StrictMath.log(sum[source]);
                sum[source] = 1;
            }
            double candidate = total[source] + score[i];
            int target = to[i];
            if (candidate <= total[target]) {
                sum[target] += StrictMath.exp(candidate - total[target]);
            } else {
                sum[target] = sum[target] * StrictMath.exp(total[target] - candidate) + 1;
                total[target] = candidate;
            }
        }
        int last = step > 0 ? length : 0;
        total[last] += StrictMath.log(sum[last]);
    }

    /** Finds the two best paths; afterwards {@link #path} tells them. */
    void findTwoBest() {
        for (int rank = 0; rank < 2; rank++) {
            Arrays.fill(best[rank], 0, length + 1, NO_PATH);
        }
        best[0][0] = 0;
        for (int i = 0; i < edges; i++) {
            for (int rank = 0; rank < 2 && best[rank][start[i]] > NO_PATH; rank++) {
                double candidate = best[rank][start[i]] + score[i];
                if (candidate > best[0][end[i]]) {
                    setBest(1, end[i], best[0][end[i]], bestEdge[0][end[i]], bestRank[0][end[i]]);
                    setBest(0, end[i], candidate, i, rank);
                } else if (candidate > best[1][end[i]]) {
                    setBest(1, end[i], candidate, i, rank);
                }
            }
        }
    }

    /** The pieces of the best ({@code rank} 0) or second best (1) path; empty if there is none. */
    int[] path(int rank) {
        if (best[rank][length] == NO_PATH) {
            return new int[0];
        }
        int from = path.length;
        int at = length;
        for (int r = rank; at > 0; ) {
            int edge = bestEdge[r][at];
            r = bestRank[r][at];
            at = start[edge];
            path[--from] = piece[edge];
        }
        return Arrays.copyOfRange(path, from, path.length);
    }

    private void setBest(int rank, int at, double value, int edge, int previousRank) {
        best[rank][at] = value;
        bestEdge[rank][at] = edge;
        bestRank[rank][at] = previousRank;
    }

    private void addEdge(int from, int to, int index, float value) {
        if (edges == start.length) {
            start = Arrays.copyOf(start, 2 * edges);
            end = Arrays.copyOf(end, 2 * edges);
            piece = Arrays.copyOf(piece, 2 * edges);
            score = Arrays.copyOf(score, 2 * edges);
        }
        start[edges] = from;
        end[edges] = to;
        piece[edges] = index;
        score[edges++] = value;
    }

    private void reserve() {
        if (length < path.length) {
            return;
        }
        int size = 2 * length + 1;
        forward = new double[size];
        backward = new double[size];
        sum = new double[size];
        path = new int[size];
        for (int rank = 0; rank < 2; rank++) {
            best[rank] = new double[size];
            bestEdge[rank] = new int[size];
            bestRank[rank] = new int[size];
        }
    }
}
