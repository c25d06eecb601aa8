package org.t5j.data.dedup;

import java.util.concurrent.atomic.AtomicLongArray;

/** One bit for each of many things, set by any number of threads. */
public final class Flags {
    private final AtomicLongArray words;

    /** @param size number of things, all without the flag */
    public Flags(long size) {
        words = new AtomicLongArray((int) ((size + 63) / 64));
    }

    /** What {@link #toWords} gave. */
    public Flags(long[] words) {
        this.words = new AtomicLongArray(words);
    }

    public void set(long index) {
        long bit = 1L << index;
        int word = (int) (index >>> 6);
        if ((words.get(word) & bit) == 0) {
            words.accumulateAndGet(word, bit, (a, b) -> a | b);
        }
    }

    public boolean get(long index) {
        return (words.get((int) (index >>> 6)) >>> index & 1) != 0;
    }

    /** {@code count} flags from {@code from}. */
    public boolean[] range(long from, int count) {
        boolean[] flags = new boolean[count];
        for (int i = 0; i < count; i++) {
            flags[i] = get(from + i);
        }
        return flags;
    }

    /** All flags, 64 in each number, lowest bit first. */
    public long[] toWords() {
        long[] copy = new long[words.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = words.get(i);
        }
        return copy;
    }
}
