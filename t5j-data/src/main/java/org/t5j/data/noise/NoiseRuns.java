package org.t5j.data.noise;

/** Counts what a mask holds. */
public final class NoiseRuns {
    private NoiseRuns() {}

    /** Number of runs of noise. */
    public static int ofNoise(boolean[] mask) {
        return count(mask, true);
    }

    /** Number of runs of tokens that are not noise. */
    public static int ofOthers(boolean[] mask) {
        return count(mask, false);
    }

    /** Number of noise tokens. */
    public static int tokens(boolean[] mask) {
        int tokens = 0;
        for (boolean noise : mask) {
            tokens += noise ? 1 : 0;
        }
        return tokens;
    }

    /** Where the run that begins at {@code start} ends: the first place that differs, or the mask's length. */
    static int end(boolean[] mask, int start) {
        int end = start + 1;
        while (end < mask.length && mask[end] == mask[start]) {
            end++;
        }
        return end;
    }

    private static int count(boolean[] mask, boolean noise) {
        int runs = 0;
        for (int i = 0; i < mask.length; i++) {
            runs += mask[i] == noise && (i == 0 || mask[i - 1] != noise) ? 1 : 0;
        }
        return runs;
    }
}
