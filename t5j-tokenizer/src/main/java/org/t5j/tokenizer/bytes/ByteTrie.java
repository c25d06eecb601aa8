package org.t5j.tokenizer.bytes;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An immutable set of byte strings with one number each, walked a byte at a time.
 *
 * <pre>{@code
 * long node = trie.root();
 * while (at < end && (node = trie.child(node, text[at++])) != ByteTrie.NONE) {
 *     int value = ByteTrie.value(node); // -1 unless a key ends here
 * }
 * }</pre>
 *
 * <p>A double array (Aoe 1989): a node is one {@code long} of label (9 bits), base of its children (27 bits) and value
 * (28 bits); the child of a node by byte {@code b} stands at {@code base + b} if the label there is {@code b}. No two
 * nodes share a base, so the label alone tells whose child it is.
 */
public final class ByteTrie {

    /** Where there is no child. */
    public static final long NONE = -1L << 9 | 256;

    private static final int LABEL_BITS = 9;
    private static final int BASE_BITS = 27;
    private static final int MAX_VALUE = (1 << 27) - 1;

    private final long[] nodes;
    private final long root;

    private ByteTrie(long[] nodes, long root) {
        this.nodes = nodes;
        this.root = root;
    }

    /**
     * The trie in which {@code keys.get(i)} has the value {@code i}.
     *
     * @param keys not empty strings, no two equal; a {@code null} entry is left out
     */
    public static ByteTrie of(List<byte[]> keys) {
        int[] values = IntStream.range(0, keys.size())
                .filter(i -> keys.get(i) != null)
                .boxed()
                .sorted(Comparator.comparing(keys::get, Arrays::compareUnsigned))
                .mapToInt(i -> i)
                .toArray();
        byte[][] sorted = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            sorted[i] = keys.get(values[i]);
        }
        return new Builder(sorted, values).build();
    }

    public long root() {
        return root;
    }

    /** The child of {@code node} by {@code label}, or {@link #NONE}. */
    public long child(long node, byte label) {
        int unsigned = label & 0xFF;
        long child = nodes[((int) (node >>> LABEL_BITS) & (1 << BASE_BITS) - 1) + unsigned];
        return ((int) child & (1 << LABEL_BITS) - 1) == unsigned ? child : NONE;
    }

    /** The number of the key that ends at {@code node}, or -1. */
    public static int value(long node) {
        return (int) (node >> LABEL_BITS + BASE_BITS);
    }

    /** The number of the key {@code text[from, to)}, or -1 if there is no such key. */
    public int find(byte[] text, int from, int to) {
        long node = walk(root, text, from, to);
        return node == NONE ? -1 : value(node);
    }

    /** Where {@code text[from, to)} leads from {@code node}, or {@link #NONE}. */
    public long walk(long node, byte[] text, int from, int to) {
        long reached = node;
        for (int i = from; i < to && reached != NONE; i++) {
            reached = child(reached, text[i]);
        }
        return reached;
    }

    /** Length of the longest key that {@code text[at, end)} starts with; 0 if there is none. */
    public int longestMatch(byte[] text, int at, int end) {
        int longest = 0;
        long node = root;
        for (int i = at; i < end; i++) {
            node = child(node, text[i]);
            if (node == NONE) {
                break;
            }
            if (value(node) >= 0) {
                longest = i + 1 - at;
            }
        }
        return longest;
    }

    /** Places the nodes of sorted keys, depth first, each into the first free place that takes all its children. */
    private static final class Builder {

        /** How many free places are tried for a node before it goes to the end of the array. */
        private static final int MAX_TRIES = 128;

        private final byte[][] keys;
        private final int[] values;
        private final BitSet used = new BitSet();
        private final BitSet usedBase = new BitSet();
        private final int[] labels = new int[256];
        private long[] nodes;
        private int firstFree = 256;
        private int end = 256;

        Builder(byte[][] keys, int[] values) {
            if (values.length > MAX_VALUE) {
                throw new IllegalArgumentException("A trie holds at most " + MAX_VALUE + " keys, not " + values.length);
            }
            this.keys = keys;
            this.values = values;
            nodes = new long[1024];
            Arrays.fill(nodes, NONE);
        }

        ByteTrie build() {
            long root = place(0, keys.length, 0, 0);
            int size = end + 256;
            ensure(size);
            return new ByteTrie(Arrays.copyOf(nodes, size), root);
        }

        /** Places what is below the prefix of {@code depth} bytes shared by {@code keys[from, to)}; returns its node. */
        private long place(int from, int to, int depth, int label) {
            int value = -1;
            if (from < to && keys[from].length == depth && depth > 0) {
                value = values[from++];
            }
            if (from == to) {
                return node(label, 0, value);
            }
            int base = findBase(childLabels(from, to, depth));
            usedBase.set(base);
            for (int start = from; start < to; ) {
                int childLabel = keys[start][depth] & 0xFF;
                used.set(base + childLabel);
                start = endOfLabel(start, to, depth);
            }
            end = Math.max(end, base + 256);
            for (int start = from; start < to; ) {
                int childLabel = keys[start][depth] & 0xFF;
                int stop = endOfLabel(start, to, depth);
                long child = place(start, stop, depth + 1, childLabel);
                ensure(base + childLabel + 1);
                nodes[base + childLabel] = child;
                start = stop;
            }
            return node(label, base, value);
        }

        private int childLabels(int from, int to, int depth) {
            int count = 0;
            for (int start = from; start < to; start = endOfLabel(start, to, depth)) {
                labels[count++] = keys[start][depth] & 0xFF;
            }
            return count;
        }

        private int endOfLabel(int start, int to, int depth) {
            byte label = keys[start][depth];
            int low = start;
            int high = to;
            while (low + 1 < high) {
                int middle = low + high >>> 1;
                if (keys[middle][depth] == label) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return high;
        }

        private int findBase(int count) {
            firstFree = used.nextClearBit(firstFree);
            int place = firstFree;
            for (int tries = 0; tries < MAX_TRIES; tries++, place = used.nextClearBit(place + 1)) {
                int base = place - labels[0];
                if (base > 0 && !usedBase.get(base) && fits(base, count)) {
                    return base;
                }
            }
            int base = Math.max(used.length(), 256);
            while (usedBase.get(base)) {
                base++;
            }
            firstFree = Math.max(firstFree, base - 16 * 256);
            return base;
        }

        private boolean fits(int base, int count) {
            for (int i = 1; i < count; i++) {
                if (used.get(base + labels[i])) {
                    return false;
                }
            }
            return true;
        }

        private void ensure(int size) {
            if (size > nodes.length) {
                int old = nodes.length;
                nodes = Arrays.copyOf(nodes, Math.max(size, 2 * old));
                Arrays.fill(nodes, old, nodes.length, NONE);
            }
        }

        private static long node(int label, int base, int value) {
            if (base >= 1 << BASE_BITS) {
                throw new IllegalArgumentException("The keys are too many and too long for one trie");
            }
            return (long) value << LABEL_BITS + BASE_BITS | (long) base << LABEL_BITS | label;
        }
    }
}
