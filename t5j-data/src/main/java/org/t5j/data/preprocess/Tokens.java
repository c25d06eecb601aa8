package org.t5j.data.preprocess;

import java.util.Arrays;

/** Pure functions on ids. None changes its argument; each may return it when there is nothing to change. */
public final class Tokens {
    private Tokens() {}

    /** The first {@code maxLength} tokens. */
    public static int[] trim(int[] tokens, int maxLength) {
        return tokens.length <= maxLength ? tokens : Arrays.copyOf(tokens, maxLength);
    }

    /** The tokens and an end-of-sequence token. */
    public static int[] appendEos(int[] tokens, int eosId) {
        int[] result = Arrays.copyOf(tokens, tokens.length + 1);
        result[tokens.length] = eosId;
        return result;
    }

    /**
     * seqio's {@code append_eos_after_trim}: trims to {@code maxLength - 1}, then appends the end of sequence.
     *
     * @param maxLength length of the result at most, at least 1
     */
    public static int[] appendEosAfterTrim(int[] tokens, int maxLength, int eosId) {
        return appendEos(trim(tokens, maxLength - 1), eosId);
    }
}
