package org.t5j.data.noise;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.t5j.data.DataException;
import org.t5j.tokenizer.Tokenizer;

/**
 * Replaces tokens or runs of tokens by the sentinels of a vocabulary. Unique ones are taken in turn: {@code <extra_id_0>}
 * for the first run, then on, counting ids downward in T5's vocabularies. There is no sentinel after the last run.
 * Immutable.
 */
public final class Sentinels {
    private final int[] ids;
    private final SentinelOverflow overflow;
    private final int belowSentinels;

    /** The sentinels of a vocabulary; more runs than that are handled as {@code overflow} says. */
    public Sentinels(Tokenizer tokenizer, SentinelOverflow overflow) {
        this.ids = IntStream.range(0, tokenizer.sentinelCount())
                .map(tokenizer::sentinelId)
                .toArray();
        this.overflow = overflow;
        this.belowSentinels = IntStream.of(ids).min().orElse(tokenizer.vocabSize()) - 1;
    }

    /** The sentinels of a vocabulary; more runs than that are an error. */
    public Sentinels(Tokenizer tokenizer) {
        this(tokenizer, SentinelOverflow.ERROR);
    }

    /** Number of runs that can be told apart: of sentinels, or of all tokens where they are reused. */
    public int capacity() {
        return overflow == SentinelOverflow.ERROR
                ? ids.length
                : ids.length + Math.max(belowSentinels + 1 - RandomTokens.RESERVED, 0);
    }

    /**
     * The id that stands for a run.
     *
     * @param run 0 for the first
     * @throws DataException if there are not so many
     */
    public int id(int run) {
        if (run < ids.length) {
            return ids[run];
        }
        DataException.check(
                run < capacity(),
                "A segment has more noise spans than the vocabulary has sentinels (%d). "
                        + "Shorten the inputs, lower noiseDensity, raise meanNoiseSpanLength, "
                        + "use a vocabulary with more sentinels, or set sentinelOverflow to REUSE.",
                ids.length);
        return belowSentinels - (run - ids.length);
    }

    /** {@code noise_span_to_unique_sentinel}: the inputs of span corruption. */
    public int[] noiseSpanToUniqueSentinel(int[] tokens, boolean[] noise) {
        return replaceRuns(tokens, noise, true, true);
    }

    /** {@code nonnoise_span_to_unique_sentinel}: the targets of span corruption. */
    public int[] nonNoiseSpanToUniqueSentinel(int[] tokens, boolean[] noise) {
        return replaceRuns(tokens, noise, false, true);
    }

    /** {@code noise_span_to_sentinel}: every run of noise becomes {@code <extra_id_0>}. */
    public int[] noiseSpanToSentinel(int[] tokens, boolean[] noise) {
        return replaceRuns(tokens, noise, true, false);
    }

    /** {@code nonnoise_span_to_sentinel}: every run of tokens that are not noise becomes {@code <extra_id_0>}. */
    public int[] nonNoiseSpanToSentinel(int[] tokens, boolean[] noise) {
        return replaceRuns(tokens, noise, false, false);
    }

    /** {@code noise_token_to_sentinel}: every noise token becomes {@code <extra_id_0>}; the length stays. */
    public int[] noiseTokenToSentinel(int[] tokens, boolean[] noise) {
        int[] result = tokens.clone();
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i]) {
                result[i] = id(0);
            }
        }
        return result;
    }

    /**
     * The runs of noise, each after the sentinel that {@link #noiseSpanToUniqueSentinel} puts in its place. Not in the
     * reference: its {@link #nonNoiseSpanToUniqueSentinel} is the same where a segment starts with a token that is kept and
     * ends with noise, but has no sentinel before noise at the start, and one after the last run where tokens follow.
     */
    public int[] noiseAfterItsSentinel(int[] tokens, boolean[] noise) {
        int[] result = new int[2 * tokens.length];
        int length = 0;
        int runs = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i]) {
                if (i == 0 || !noise[i - 1]) {
                    result[length++] = id(runs++);
                }
                result[length++] = tokens[i];
            }
        }
        return Arrays.copyOf(result, length);
    }

    private int[] replaceRuns(int[] tokens, boolean[] noise, boolean replaced, boolean unique) {
        int[] result = new int[tokens.length];
        int length = 0;
        int runs = 0;
        for (int start = 0; start < tokens.length; ) {
            int end = NoiseRuns.end(noise, start);
            if (noise[start] == replaced) {
                result[length++] = id(unique ? runs++ : 0);
            } else {
                System.arraycopy(tokens, start, result, length, end - start);
                length += end - start;
            }
            start = end;
        }
        return Arrays.copyOf(result, length);
    }
}
