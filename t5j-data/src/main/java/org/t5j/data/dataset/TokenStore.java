package org.t5j.data.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.data.random.CounterRandom;

/**
 * Sequences of ids in memory, one after the other in blocks: two bytes an id, four if the vocabulary has more than 65,536.
 * Sequences are appended once, then only read.
 */
final class TokenStore {
    private static final int BLOCK_BITS = 20;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private final List<char[]> low = new ArrayList<>();
    private final List<char[]> high;
    private long[] ends = new long[1024];
    private int size;
    private long checksum;

    TokenStore(int vocabSize) {
        high = vocabSize > 1 << Character.SIZE ? new ArrayList<>() : null;
    }

    void append(int[] tokens) {
        if (size + 1 == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        long position = ends[size];
        for (int token : tokens) {
            write(position++, token);
            checksum = CounterRandom.mix(checksum + token);
        }
        ends[++size] = position;
        checksum = CounterRandom.mix(checksum + size);
    }

    private void write(long position, int token) {
        int block = (int) (position >> BLOCK_BITS);
        if (block == low.size()) {
            low.add(new char[BLOCK]);
            if (high != null) {
                high.add(new char[BLOCK]);
            }
        }
        int offset = (int) position & BLOCK - 1;
        low.get(block)[offset] = (char) token;
        if (high != null) {
            high.get(block)[offset] = (char) (token >>> Character.SIZE);
        }
    }

    /** Number of sequences. */
    int size() {
        return size;
    }

    /** Number of ids in all sequences. */
    long tokens() {
        return ends[size];
    }

    /** Number of ids in a sequence. */
    int length(int sequence) {
        return (int) (ends[sequence + 1] - ends[sequence]);
    }

    /** A whole sequence. */
    int[] get(int sequence) {
        int[] tokens = new int[length(sequence)];
        copyInto(sequence, 0, tokens, 0, tokens.length);
        return tokens;
    }

    /** Copies {@code count} ids of a sequence, from its id {@code from}, into {@code target} at {@code at}. */
    void copyInto(int sequence, int from, int[] target, int at, int count) {
        long position = ends[sequence] + from;
        for (int i = 0; i < count; i++, position++) {
            int block = (int) (position >> BLOCK_BITS);
            int offset = (int) position & BLOCK - 1;
            target[at + i] = low.get(block)[offset] | (high == null ? 0 : high.get(block)[offset] << Character.SIZE);
        }
    }

    /** A hash of all sequences and their bounds. */
    long checksum() {
        return checksum;
    }
}
