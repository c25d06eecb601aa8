package org.t5j.data.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Documents in memory, one after the other in blocks: two bytes an id, four if the vocabulary has more than 65,536.
 * Documents are appended once, then only read.
 */
public final class TokenStore implements DocumentStore {
    private static final int BLOCK_BITS = 20;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private final List<char[]> low = new ArrayList<>();
    private final List<char[]> high;
    private final DocumentChecksum checksum = new DocumentChecksum(0);
    private long[] ends = new long[1024];
    private int size;
    private int longest;

    /** A store of no documents, for ids below {@code vocabSize}. */
    public TokenStore(int vocabSize) {
        high = vocabSize > 1 << Character.SIZE ? new ArrayList<>() : null;
    }

    /** Adds a document, which may be empty. */
    public void append(int[] ids) {
        if (size + 1 == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        long position = ends[size];
        for (int done = 0; done < ids.length; ) {
            int offset = (int) (position + done) & BLOCK - 1;
            int count = Math.min(ids.length - done, BLOCK - offset);
            write(ids, done, blockAt(position + done), offset, count);
            done += count;
        }
        ends[++size] = position + ids.length;
        longest = Math.max(longest, ids.length);
        checksum.add(ids, size);
    }

    private int blockAt(long position) {
        int block = (int) (position >> BLOCK_BITS);
        if (block == low.size()) {
            low.add(new char[BLOCK]);
            if (high != null) {
                high.add(new char[BLOCK]);
            }
        }
        return block;
    }

    private void write(int[] ids, int from, int block, int offset, int count) {
        narrow(ids, from, 0, low.get(block), offset, count);
        if (high != null) {
            narrow(ids, from, Character.SIZE, high.get(block), offset, count);
        }
    }

    private static void narrow(int[] ids, int from, int shift, char[] block, int offset, int count) {
        for (int i = 0; i < count; i++) {
            block[offset + i] = (char) (ids[from + i] >>> shift);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int longest() {
        return longest;
    }

    @Override
    public long checksum() {
        return checksum.value();
    }

    @Override
    public long tokens(long from, long to) {
        return ends[(int) to] - ends[(int) from];
    }

    @Override
    public int length(long document) {
        return (int) (ends[(int) document + 1] - ends[(int) document]);
    }

    @Override
    public void copyInto(long document, int from, int[] target, int at, int count) {
        long position = ends[(int) document] + from;
        for (int done = 0; done < count; ) {
            int block = (int) (position + done >> BLOCK_BITS);
            int offset = (int) (position + done) & BLOCK - 1;
            int length = Math.min(count - done, BLOCK - offset);
            widen(low.get(block), offset, target, at + done, length);
            if (high != null) {
                addHigh(high.get(block), offset, target, at + done, length);
            }
            done += length;
        }
    }

    private static void widen(char[] block, int offset, int[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = block[offset + i];
        }
    }

    private static void addHigh(char[] block, int offset, int[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] |= block[offset + i] << Character.SIZE;
        }
    }
}
