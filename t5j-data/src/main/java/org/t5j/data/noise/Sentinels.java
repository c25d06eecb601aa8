package org.t5j.data.noise;

import java.util.Arrays;
import org.t5j.data.DataException;
import org.t5j.tokenizer.Tokenizer;

/**
 * Replaces runs of tokens by sentinels, each run by the next one: {@code <extra_id_0>} first, counting ids downward in
 * T5's vocabularies. There is no sentinel after the last run.
 */
public final class Sentinels {
    private Sentinels() {}

    /** {@code noise_span_to_unique_sentinel}: the inputs of span corruption. */
    public static int[] noiseSpanToUniqueSentinel(int[] tokens, boolean[] noise, Tokenizer tokenizer) {
        return replaceRuns(tokens, noise, true, tokenizer);
    }

    /** {@code nonnoise_span_to_unique_sentinel}: the targets of span corruption. */
    public static int[] nonNoiseSpanToUniqueSentinel(int[] tokens, boolean[] noise, Tokenizer tokenizer) {
        return replaceRuns(tokens, noise, false, tokenizer);
    }

    private static int[] replaceRuns(int[] tokens, boolean[] noise, boolean replaced, Tokenizer tokenizer) {
        int[] result = new int[tokens.length];
        int length = 0;
        int runs = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i] != replaced) {
                result[length++] = tokens[i];
            } else if (i == 0 || noise[i - 1] != replaced) {
                result[length++] = sentinel(runs++, tokenizer);
            }
        }
        return Arrays.copyOf(result, length);
    }

    private static int sentinel(int index, Tokenizer tokenizer) {
        DataException.check(
                index < tokenizer.sentinelCount(),
                "A segment has more noise spans than the vocabulary has sentinels (%d). "
                        + "Shorten the inputs, lower noiseDensity, raise meanNoiseSpanLength, "
                        + "or use a vocabulary with more sentinels.",
                tokenizer.sentinelCount());
        return tokenizer.sentinelId(index);
    }
}
