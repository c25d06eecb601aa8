package org.t5j.tokenizer.train;

/** The generator {@code std::mt19937}: the same seed gives the same numbers as in C++ (Matsumoto and Nishimura 1998). */
final class MersenneTwister {

    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /** Only the lower 32 bits of {@code seed} count. */
    MersenneTwister(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** The next number, 0 to 2³²-1. */
    long nextUnsigned() {
        if (next == SIZE) {
            twist();
        }
        int bits = state[next++];
        bits ^= bits >>> 11;
        bits ^= bits << 7 & 0x9D2C5680;
        bits ^= bits << 15 & 0xEFC60000;
        bits ^= bits >>> 18;
        return bits & 0xFFFFFFFFL;
    }

    /**
     * A number from 0 to {@code bound}-1, drawn as libstdc++'s {@code uniform_int_distribution} does (Lemire 2019).
     *
     * @param bound 1 to 2³²-1
     */
    long nextBelow(long bound) {
        long product = nextUnsigned() * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) {
            long threshold = (1L << 32) % bound;
            while (low < threshold) {
                product = nextUnsigned() * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return product >>> 32;
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int mixed = state[i] & 0x80000000 | state[(i + 1) % SIZE] & 0x7FFFFFFF;
            state[i] = state[(i + SHIFT) % SIZE] ^ mixed >>> 1 ^ ((mixed & 1) == 0 ? 0 : 0x9908B0DF);
        }
        next = 0;
    }
}
