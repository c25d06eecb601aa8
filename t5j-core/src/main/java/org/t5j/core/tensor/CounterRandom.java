package org.t5j.core.tensor;

/**
 * Random numbers without state: a value is a hash of a key and an index, so that any part of a run can be computed
 * again from a handful of longs (dropout masks in the backward pass, a step after a restart).
 *
 * <p>Keys are derived with {@link #key} from a seed and whatever the numbers are for; single values come from {@link
 * #bits}. The 64-bit mixer is SplitMix64's finaliser, the 32-bit one is Wellons' lowbias32 with the second key word
 * added between its rounds.
 */
public final class CounterRandom {
    private CounterRandom() {}

    /** A key from a seed and any number of coordinates: purpose, step, site. */
    public static long key(long seed, long... coordinates) {
        long key = mix(seed + 0x9E3779B97F4A7C15L);
        for (long coordinate : coordinates) {
            key = mix(key ^ mix(coordinate + 0x9E3779B97F4A7C15L));
        }
        return key;
    }

    /** SplitMix64's finaliser. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 32 random bits for {@code index} under {@code key}. */
    public static int bits(long key, int index) {
        int h = index * 0x9E3779B1 + (int) key;
        h ^= h >>> 16;
        h *= 0x7feb352d;
        h += (int) (key >>> 32);
        h ^= h >>> 15;
        h *= 0x846ca68b;
        return h ^ (h >>> 16);
    }

    /** Uniform in [0, 1), 53 bits. */
    public static double uniform(long key, long index) {
        return (mix(key + index * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    /** Standard normal (Box and Muller 1958, cosine branch). */
    public static double normal(long key, long index) {
        double u = uniform(key, 2 * index);
        double v = uniform(key, 2 * index + 1);
        return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
    }
}
