package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Utf8;

/**
 * All segmentations of one word by a {@link PieceTable}, as a graph whose edges are pieces and whose nodes are the
 * positions between characters. Filled again for each word; not for several threads at once.
 *
 * <p>Numbers are floats that are rounded where {@code spm_train} rounds them ({@code unigram::Lattice}), and like there
 * a character without a piece counts as an occurrence of piece 0.
 */
final class TrainingLattice {

    private static final float UNKNOWN_PENALTY = 10;
    private static final int NONE = -1;
    private static final int UNKNOWN = 0;

    private int length;
    private int edges;
    private int characters;

    // By edge, in ascending order of the start; at one start the shortest first, an unknown character last.
    private int[] start = new int[64];
    private int[] end = new int[64];
    private int[] piece = new int[64];
    private float[] score = new float[64];
    private int[] nextInto = new int[64];
    private int[] previous = new int[64];
    private float[] best = new float[64];

    // By character: its first edge; by position: log-sums of the paths to it and from it, the edges that end there.
    private int[] firstEdge = new int[64];
    private float[] forward = new float[64];
    private float[] backward = new float[64];
    private int[] firstInto = new int[64];
    private int[] lastInto = new int[64];

    /** Fills the lattice with all pieces of {@code table} that occur in {@code word}. */
    void fill(byte[] word, PieceTable table) {
        length = word.length;
        edges = 0;
        characters = 0;
        reserve();
        ByteTrie trie = table.trie();
        for (int at = 0; at < length; ) {
            int next = Math.min(at + Utf8.length(word[at]), length);
            boolean characterIsPiece = false;
            firstEdge[characters++] = edges;
            long node = trie.root();
            for (int to = at; to < length; ) {
                node = trie.child(node, word[to++]);
                if (node == ByteTrie.NONE) {
                    break;
                }
                int index = table.indexAt(node);
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
        firstEdge[characters] = edges;
    }

    /** Adds to {@code expected}, by piece, how often it is expected in {@code count} occurrences of the word. */
    void addExpected(float count, float[] expected) {
        sumForward();
        sumBackward();
        float all = forward[length];
        for (int i = 0; i < edges; i++) {
            float posterior = forward[start[i]] + score[i] + backward[end[i]] - all;
            expected[piece[i]] = (float) (expected[piece[i]] + count * StrictMath.exp(posterior));
        }
    }

    private void sumForward() {
        Arrays.fill(forward, 1, length + 1, Float.NEGATIVE_INFINITY);
        forward[0] = 0;
        for (int i = 0; i < edges; i++) {
            float candidate = score[i] + forward[start[i]];
            float sum = forward[end[i]];
            forward[end[i]] = sum == Float.NEGATIVE_INFINITY ? candidate : LogSum.of(sum, candidate);
        }
    }

    private void sumBackward() {
        backward[length] = 0;
        for (int c = characters - 1; c >= 0; c--) {
            int first = firstEdge[c];
            float sum = score[first] + backward[end[first]];
            for (int i = first + 1; i < firstEdge[c + 1]; i++) {
                sum = LogSum.of(sum, score[i] + backward[end[i]]);
            }
            backward[start[first]] = sum;
        }
    }

    /** Finds the best path. */
    void findBest() {
        linkEdges();
        for (int i = 0; i < edges; i++) {
            previous[i] = start[i] == 0 ? NONE : bestInto(start[i], score[i]);
            best[i] = start[i] == 0 ? score[i] : best[previous[i]] + score[i];
        }
        previous[edges] = length == 0 ? NONE : bestInto(length, 0);
        best[edges] = length == 0 ? 0 : best[previous[edges]];
    }

    private void linkEdges() {
        Arrays.fill(firstInto, 0, length + 1, NONE);
        for (int i = 0; i < edges; i++) {
            int to = end[i];
            nextInto[i] = NONE;
            if (firstInto[to] == NONE) {
                firstInto[to] = i;
            } else {
                nextInto[lastInto[to]] = i;
            }
            lastInto[to] = i;
        }
    }

    /** The first of the edges into {@code position} that is best before an edge of score {@code next}, as rounded. */
    private int bestInto(int position, float next) {
        int choice = firstInto[position];
        float bestSum = best[choice] + next;
        for (int i = nextInto[choice]; i != NONE; i = nextInto[i]) {
            float sum = best[i] + next;
            if (sum > bestSum) {
                bestSum = sum;
                choice = i;
            }
        }
        return choice;
    }

    /** The last edge of the path of {@link #findBest}; -1 if the word is empty. */
    int lastOfBest() {
        return previous[edges];
    }

    /** The edge before {@code edge} on the best path to it, or -1. */
    int before(int edge) {
        return previous[edge];
    }

    /** The piece of an edge. */
    int piece(int edge) {
        return piece[edge];
    }

    /** The edge that stands for the end of the word in {@link #firstBefore}. */
    int endEdge() {
        return edges;
    }

    /** The first of the edges that end where {@code edge} begins, or -1 if that is the word's start. */
    int firstBefore(int edge) {
        return firstInto[edge == edges ? length : start[edge]];
    }

    /** The next edge with the same end, or -1. */
    int sibling(int edge) {
        return nextInto[edge];
    }

    float score(int edge) {
        return score[edge];
    }

    /** Score of the best path that ends with {@code edge}. */
    float best(int edge) {
        return best[edge];
    }

    private void addEdge(int from, int to, int index, float value) {
        if (edges + 1 == start.length) {
            growEdges();
        }
        start[edges] = from;
        end[edges] = to;
        piece[edges] = index;
        score[edges++] = value;
    }

    private void growEdges() {
        int size = 2 * start.length;
        start = Arrays.copyOf(start, size);
        end = Arrays.copyOf(end, size);
        piece = Arrays.copyOf(piece, size);
        score = Arrays.copyOf(score, size);
        nextInto = Arrays.copyOf(nextInto, size);
        previous = Arrays.copyOf(previous, size);
        best = Arrays.copyOf(best, size);
    }

    private void reserve() {
        if (length < forward.length - 1) {
            return;
        }
        int size = 2 * length + 2;
        firstEdge = new int[size];
        forward = new float[size];
        backward = new float[size];
        firstInto = new int[size];
        lastInto = new int[size];
    }
}
