package org.t5j.data.dedup;

/** A set of 64-bit hashes: 8 bytes an entry, open addressing, at most two thirds full. For one thread. */
public final class LongSet {
    /** Bytes that a set needs for each expected entry, in the mean over sizes that are powers of two. */
    static final int BYTES_PER_ENTRY = 18;

    private long[] table;
    private int size;
    private boolean hasZero;

    /** @param expected entries that it holds without growing */
    public LongSet(long expected) {
        long wanted = Math.max(16, expected + expected / 2);
        table = new long[(int) Math.min(1 << 30, Long.highestOneBit(2 * wanted - 1))];
    }

    /** Adds a hash; false if it was there. */
    public boolean add(long hash) {
        if (hash == 0) {
            boolean fresh = !hasZero;
            hasZero = true;
            return fresh;
        }
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = at + 1 & mask;
        }
        table[at] = hash;
        if (++size > table.length / 3 * 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[Math.multiplyExact(2, old.length)];
        int mask = table.length - 1;
        for (long hash : old) {
            if (hash != 0) {
                int at = (int) hash & mask;
                while (table[at] != 0) {
                    at = at + 1 & mask;
                }
                table[at] = hash;
            }
        }
    }

    /** Number of different hashes. */
    public long size() {
        return size + (hasZero ? 1 : 0);
    }
}
