package org.t5j.data.random;

/**
 * A stream of random numbers that is a pure function of its key: the k-th number is {@code mix(key + k·γ)} with the
 * finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014; Stafford's
 * variant 13). Make one where it is needed, use it, drop it; never keep one from example to example.
 */
public final class CounterRandom {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /**
     * @param seed of the run
     * @param purpose what the numbers are for
     * @param epoch which pass over the data
     * @param index which example (or batch, document …)
     */
    public CounterRandom(long seed, Purpose purpose, long epoch, long index) {
        long key = mix(seed + GAMMA);
        key = mix(key ^ purpose.key * GAMMA);
        key = mix(key + epoch * GAMMA);
        state = mix(key ^ mix(index + GAMMA));
    }

    /** 64 random bits. */
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /**
     * Uniform in {@code 0 … bound-1}, without bias.
     *
     * @param bound at least 1
     */
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    /**
     * Uniform in {@code 0 … bound-1}, without bias.
     *
     * @param bound at least 1
     */
    public long nextLong(long bound) {
        long bits;
        long value;
        do {
            bits = nextLong() >>> 1;
            value = bits % bound;
        } while (bits - value + (bound - 1) < 0);
        return value;
    }

    /** Uniform in [0, 1), with 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** A uniformly random order of {@code 0 … size-1}. */
    public int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** SplitMix64's finaliser: a bijection that turns nearby numbers into unrelated ones. */
    public static long mix(long bits) {
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }
}
