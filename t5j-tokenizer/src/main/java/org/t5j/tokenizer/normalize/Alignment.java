package org.t5j.tokenizer.normalize;

import java.util.Arrays;

/**
 * From normalised text back to the text it was made of: for each normalised byte where the character (or the left side
 * of the rule) starts that it came from, and one entry more for the end. A buffer that is used again; not for several
 * threads at once.
 */
public final class Alignment {

    private int[] originals = new int[1024];
    private int size;

    /** Number of entries: the bytes of the normalised text and one. */
    public int size() {
        return size;
    }

    /**
     * Where the source of a normalised byte starts, as a byte of the original text. Ascending.
     *
     * @param normalizedByte 0 to {@code size() - 1}; the last is the end of the last character that was kept
     */
    public int original(int normalizedByte) {
        if (normalizedByte >= size) {
            throw new IndexOutOfBoundsException("byte " + normalizedByte + " of an alignment of " + size);
        }
        return originals[normalizedByte];
    }

    void clear() {
        size = 0;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    /** Adds entries up to {@code newSize}, all of the character at {@code original}. */
    void fill(int newSize, int original) {
        reserve(newSize);
        Arrays.fill(originals, size, newSize, original);
        size = newSize;
    }

    /** Adds one entry for each byte of {@code [from, to)}, bytes that were copied. */
    void addEach(int from, int to) {
        reserve(size + to - from);
        for (int at = from; at < to; at++) {
            originals[size++] = at;
        }
    }

    private void reserve(int needed) {
        if (needed > originals.length) {
            originals = Arrays.copyOf(
                    originals, (int) Math.min(Math.max(needed, 2L * originals.length), Integer.MAX_VALUE - 8));
        }
    }
}
