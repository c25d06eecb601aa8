package org.t5j.data.dedup;

import java.util.function.LongConsumer;

/**
 * Finds which keys of a long sequence occurred before, in little memory: the keys are read once for each part of them
 * that fits, so that ten thousand million take an hour and not a larger machine. The result does not depend on the number of
 * parts or threads.
 */
public final class RepeatedKeys {

    /** A sequence that can be read again and again, by several threads. */
    public interface Keys {
        /** Number of keys. */
        long size();

        /** Gives every key, in order. */
        void forEach(LongConsumer consumer);
    }

    private RepeatedKeys() {}

    /**
     * Flags every key that stands somewhere earlier too.
     *
     * @param memory bytes for sets at most; the flags need an eighth of a byte a key besides
     * @param threads that work on parts
     */
    public static Flags find(Keys keys, long memory, int threads) {
        Flags repeated = new Flags(keys.size());
        int parts = parts(keys.size(), memory, threads);
        Parallel.forEach(parts, threads, part -> flagPart(keys, part, parts, repeated));
        return repeated;
    }

    static int parts(long size, long memory, int threads) {
        long each = Math.max(1, memory / LongSet.BYTES_PER_ENTRY / threads);
        return (int) Math.max(size < 1 << 16 ? 1 : threads, (size + each - 1) / each);
    }

    private static void flagPart(Keys keys, int part, int parts, Flags repeated) {
        LongSet seen = new LongSet(keys.size() / parts);
        long[] index = {0};
        keys.forEach(key -> {
            if ((key >>> 33) % parts == part && !seen.add(key)) {
                repeated.set(index[0]);
            }
            index[0]++;
        });
    }
}
