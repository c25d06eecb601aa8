package org.t5j.tokenizer.bpe;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Piece;

/**
 * Merges the characters of one run of text: arrays of symbols, linked in a list, and the agenda of pairs. Used again for
 * run after run; not for several threads at once.
 *
 * <p>Each symbol knows the piece that it would make with the next one, if any. An agenda entry is out of date unless the
 * rank of that piece is the entry's.
 */
final class Merging {

    /** The state of a symbol that is never merged. */
    private static final long FROZEN = Long.MIN_VALUE;

    private final MergeTable table;
    private final PairHeap agenda = new PairHeap();
    private byte[] text;
    private int count;
    private int[] start = new int[256];
    private int[] previous = new int[256];
    private int[] next = new int[256];
    private long[] node = new long[256];
    private long[] joined = new long[256];

    /** By id of an unused piece: length in bytes of the left half it was last seen to be made of; 0 if never. */
    private final int[] leftHalf;

    Merging(MergeTable table) {
        this.table = table;
        leftHalf = table.hasUnused ? new int[table.vocabulary.size()] : null;
    }

    /** Number of symbols that there is room for. */
    int capacity() {
        return node.length;
    }

    /**
     * Adds the pieces of {@code text[from, to)} to {@code out}.
     *
     * @param alpha the probability with which a merge is left out: never at 0 or below, always at 1
     * @param random where chance comes from; unused unless {@code alpha} lies between 0 and 1
     */
    void segment(byte[] text, int from, int to, float alpha, RandomGenerator random, Segmentation out) {
        this.text = text;
        cut(from, to);
        if (alpha < 1 || Float.isNaN(alpha)) {
            merge(alpha, random);
        }
        for (int symbol = 0; symbol >= 0; symbol = next[symbol]) {
            add(start[symbol], end(symbol), out);
        }
    }

    /** Cuts the text into characters and user-defined symbols. */
    private void cut(int from, int to) {
        ByteTrie userDefined = table.vocabulary.userDefined();
        count = 0;
        for (int at = from; at < to; count++) {
            if (count + 1 >= node.length) {
                grow();
            }
            int symbol = userDefined.longestMatch(text, at, to);
            int end = symbol > 0 ? at + symbol : Math.min(at + Utf8.length(text[at]), to);
            start[count] = at;
            previous[count] = count - 1;
            next[count] = count + 1;
            node[count] = symbol > 0 ? FROZEN : table.pieces.walk(table.pieces.root(), text, at, end);
            at = end;
        }
        start[count] = to;
        next[count - 1] = -1;
    }

    private void merge(float alpha, RandomGenerator random) {
        if (leftHalf != null) {
            Arrays.fill(leftHalf, 0);
        }
        agenda.clear();
        joined[count - 1] = ByteTrie.NONE;
        for (int left = 0; left + 1 < count; left++) {
            join(left, left + 1);
        }
        while (!agenda.isEmpty()) {
            long pair = agenda.poll();
            int left = PairHeap.left(pair);
            if (joined[left] == ByteTrie.NONE || table.ranks[ByteTrie.value(joined[left])] != PairHeap.rank(pair)) {
                continue;
            }
            if (alpha > 0 && random.nextDouble() < alpha) {
                joined[left] = ByteTrie.NONE;
                continue;
            }
            int right = next[left];
            node[left] = joined[left];
            joined[left] = ByteTrie.NONE;
            joined[right] = ByteTrie.NONE;
            next[left] = next[right];
            if (previous[left] >= 0) {
                join(previous[left], left);
            }
            if (next[left] >= 0) {
                previous[next[left]] = left;
                join(left, next[left]);
            }
        }
    }

    /** Finds out whether two neighbours make a piece and puts them on the agenda if so. */
    private void join(int left, int right) {
        joined[left] = ByteTrie.NONE;
        if (node[left] == ByteTrie.NONE || node[left] == FROZEN || node[right] == FROZEN) {
            return;
        }
        long both = table.pieces.walk(node[left], text, start[right], end(right));
        int id = ByteTrie.value(both);
        if (id < 0) {
            return;
        }
        joined[left] = both;
        agenda.add(table.ranks[id], left);
        if (leftHalf != null && table.vocabulary.type(id) == Piece.Type.UNUSED) {
            leftHalf[id] = start[right] - start[left];
        }
    }

    private int end(int symbol) {
        return start[next[symbol] < 0 ? count : next[symbol]];
    }

    /** Adds the piece {@code text[from, to)}; an unused one as the halves it was made of. */
    private void add(int from, int to, Segmentation out) {
        int id = table.vocabulary.segmentId(text, from, to);
        if (leftHalf != null && table.vocabulary.type(id) == Piece.Type.UNUSED && leftHalf[id] > 0) {
            add(from, from + leftHalf[id], out);
            add(from + leftHalf[id], to, out);
        } else {
            out.add(id, to);
        }
    }

    private void grow() {
        int size = node.length + (node.length >> 1);
        start = Arrays.copyOf(start, size);
        previous = Arrays.copyOf(previous, size);
        next = Arrays.copyOf(next, size);
        node = Arrays.copyOf(node, size);
        joined = Arrays.copyOf(joined, size);
    }
}
