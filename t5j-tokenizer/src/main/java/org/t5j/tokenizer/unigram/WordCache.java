package org.t5j.tokenizer.unigram;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.t5j.tokenizer.Segmentation;

/**
 * The best paths of words met lately. Each value of a hash has room for two words; a third takes the place of the one
 * put in first. Not for several threads at once.
 *
 * <p>A word is a record of eight {@code long}s, one cache line: three of its bytes, one of length (byte 0), number of
 * pieces (byte 1) and {@linkplain WordSearch#limit() limit} (upper half), four of pieces: the end (byte 0), the id and
 * the score (upper half).
 */
final class WordCache {

    /** Longer words are not held. */
    static final int MAX_BYTES = 24;

    private static final int MAX_PIECES = 4;
    private static final int MAX_ID = (1 << 23) - 1;
    private static final int RECORD = 8;
    private static final int INFO = 3;
    private static final int PIECES = 4;
    private static final int SET_BITS = 14;
    private static final float NEVER = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long MIX_SECOND = 0xC2B2AE3D27D4EB4FL;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] records = new long[2 * RECORD << SET_BITS];
    private final byte[] tail = new byte[MAX_BYTES];
    private long first;
    private long second;
    private long third;
    private int length;
    private int set;

    /**
     * Looks for the word {@code text[from, to)}, which has 1 to {@link #MAX_BYTES} bytes.
     *
     * @return where it is, or -1 if it is not held
     */
    int find(byte[] text, int from, int to) {
        length = to - from;
        if (from + MAX_BYTES <= text.length) {
            readKey(text, from);
        } else {
            System.arraycopy(text, from, tail, 0, length);
            readKey(tail, 0);
        }
        long hash = (first ^ length) * MIX + (second ^ third * MIX) * MIX_SECOND;
        set = (int) ((hash ^ hash >>> 32) * MIX >>> Long.SIZE - SET_BITS) * 2 * RECORD;
        return isAt(set) ? set : isAt(set + RECORD) ? set + RECORD : -1;
    }

    private void readKey(byte[] text, int from) {
        first = (long) LONGS.get(text, from) & mask(length);
        second = (long) LONGS.get(text, from + 8) & mask(length - 8);
        third = (long) LONGS.get(text, from + 16) & mask(length - 16);
    }

    private static long mask(int bytes) {
        return bytes >= Long.BYTES ? -1L : bytes <= 0 ? 0 : (1L << Byte.SIZE * bytes) - 1;
    }

    private boolean isAt(int place) {
        return records[place] == first
                && records[place + 1] == second
                && records[place + 2] == third
                && (records[place + INFO] & 0xFF) == length;
    }

    /**
     * Puts the word that {@link #find} did not find into the cache. If its path does not go into a record, it never
     * {@linkplain #holdsAfter holds}.
     *
     * @return where it is now
     */
    int put(WordSearch found, ScoredPieces pieces) {
        System.arraycopy(records, set, records, set + RECORD, RECORD);
        int count = Math.min(found.size(), MAX_PIECES);
        boolean fits = count == found.size();
        for (int i = 0; i < count; i++) {
            int id = found.id(i);
            float score = (float) pieces.score(id);
            fits &= score == pieces.score(id) && id <= MAX_ID;
            records[set + PIECES + i] = (long) Float.floatToRawIntBits(score) << 32 | id << 8 | found.end(i);
        }
        float limit = fits ? (float) found.limit() : NEVER;
        records[set] = first;
        records[set + 1] = second;
        records[set + 2] = third;
        records[set + INFO] = (long) Float.floatToRawIntBits(limit) << 32 | count << 8 | length;
        return set;
    }

    /** True if the path at {@code place} is the best one after a path of this score. */
    boolean holdsAfter(float score, int place) {
        return Math.abs(score) < Float.intBitsToFloat((int) (records[place + INFO] >>> 32));
    }

    /** Appends the path at {@code place}, which starts at byte {@code from}, to {@code out}; returns the score after it. */
    float append(int place, int from, float scoreBefore, Segmentation out) {
        float score = scoreBefore;
        int end = place + PIECES + ((int) records[place + INFO] >> 8);
        for (int i = place + PIECES; i < end; i++) {
            long piece = records[i];
            score += Float.intBitsToFloat((int) (piece >>> 32));
            out.add((int) piece >>> 8, from + (int) (piece & 0xFF));
        }
        return score;
    }
}
