package org.t5j.data.random;

/**
 * A keyed order of {@code 0 … size-1} without a table: an alternating Feistel network over the bits of {@code size-1},
 * walked until it hits a number below {@code size} (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002).
 *
 * @param key other keys give unrelated orders
 * @param size at least 1
 */
public record FeistelPermutation(long key, long size) {
    private static final int ROUNDS = 8;

    /** Halves of few bits are mixed slowly: with these rounds all orders of five things are alike likely. */
    private static final int ROUNDS_OF_FEW = 32;

    private static final int FEW_BITS = 8;
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /**
     * The number at a position; every number stands at one.
     *
     * @param position 0 … size-1
     */
    public long apply(long position) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
        int lowBits = (bits + 1) / 2;
        long lowMask = (1L << lowBits) - 1;
        long highMask = (1L << bits - lowBits) - 1;
        int rounds = bits > FEW_BITS ? ROUNDS : ROUNDS_OF_FEW;
        long value = position;
        do {
            long low = value & lowMask;
            long high = value >>> lowBits;
            long roundKey = key;
            for (int round = 0; round < rounds; round += 2) {
                high ^= CounterRandom.mix((roundKey += GAMMA) ^ low) & highMask;
                low ^= CounterRandom.mix((roundKey += GAMMA) ^ high) & lowMask;
            }
            value = high << lowBits | low;
        } while (value >= size);
        return value;
    }
}
