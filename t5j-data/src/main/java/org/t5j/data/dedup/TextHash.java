package org.t5j.data.dedup;

import org.t5j.data.clean.Whitespace;
import org.t5j.data.random.CounterRandom;

/**
 * 64-bit hashes of text that is the same but for capitals and blanks. Among a thousand million texts, two that differ
 * have the same hash with a probability of 3 %.
 */
public final class TextHash {
    private static final long SEED = 0x7435_6a2d_636c_6561L;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private TextHash() {}

    /** The hash of {@code text} in lower case, stripped, with one space for each run of blanks. */
    public static long of(CharSequence text) {
        long hash = SEED;
        long four = 0;
        int count = 0;
        boolean blankBefore = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Whitespace.isBlank(c)) {
                blankBefore = count > 0;
                continue;
            }
            if (blankBefore) {
                four = four << 16 | ' ';
                hash = ++count % 4 == 0 ? combine(hash, four) : hash;
                blankBefore = false;
            }
            four = four << 16 | lower(c);
            hash = ++count % 4 == 0 ? combine(hash, four) : hash;
        }
        int rest = count % 4;
        return combine(combine(hash, rest == 0 ? 0 : four & (1L << 16 * rest) - 1), count);
    }

    private static char lower(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(c);
    }

    /** A hash of two numbers, in this order. */
    public static long combine(long hash, long next) {
        return CounterRandom.mix((hash ^ next) * STEP + next);
    }
}
