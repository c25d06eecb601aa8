package org.t5j.tokenizer.train;

import java.util.Arrays;
import org.t5j.tokenizer.bytes.Bytes;

/**
 * Many lines one after the other, without separators.
 *
 * @param text the lines, UTF-8
 * @param ends where each ends, exclusive
 * @param counts how often each occurs; null if each does once
 */
record Chunk(byte[] text, int[] ends, long[] counts) {

    int size() {
        return ends.length;
    }

    int start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    boolean isEmpty(int line) {
        return start(line) == ends[line];
    }

    long count(int line) {
        return counts == null ? 1 : counts[line];
    }

    Sentence sentence(int line) {
        return new Sentence(Arrays.copyOfRange(text, start(line), ends[line]), count(line));
    }

    /** Collects lines. The bytes of the line to come are appended to {@link #text}, then {@link #endLine} is called. */
    static final class Builder {

        final Bytes text = new Bytes(1 << 16);
        private int[] ends = new int[1024];
        private long[] counts;
        private int size;

        int size() {
            return size;
        }

        void endLine(long count) {
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, 2 * size);
            }
            if (count != 1 && counts == null) {
                counts = new long[ends.length];
                Arrays.fill(counts, 0, size, 1);
            }
            if (counts != null) {
                counts = size < counts.length ? counts : Arrays.copyOf(counts, ends.length);
                counts[size] = count;
            }
            ends[size++] = text.length();
        }

        Chunk build() {
            return new Chunk(
                    Arrays.copyOf(text.array(), text.length()),
                    Arrays.copyOf(ends, size),
                    counts == null ? null : Arrays.copyOf(counts, size));
        }
    }
}
