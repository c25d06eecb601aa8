package org.t5j.data.noise;

import java.util.function.ToIntFunction;
import org.t5j.data.DataException;
import org.t5j.data.random.CounterRandom;

/**
 * {@code regular_noise_mask}: runs of noise of one length at equal distances. Length and offset are drawn for each segment;
 * the first and the last run may be cut short by the ends of the segment.
 *
 * @param noiseDensity share of noise tokens in a period, 0.0001 … 1
 * @param minSpanLength shortest run, at least 1
 * @param maxSpanLength longest run, at most 1000; every length between is as likely
 */
public record RegularNoiseMask(double noiseDensity, int minSpanLength, int maxSpanLength) implements NoiseMask {

    private static final double LOWEST_DENSITY = 1e-4;
    private static final int LONGEST_SPAN = 1000;

    public RegularNoiseMask {
        DataException.check(
                noiseDensity >= LOWEST_DENSITY && noiseDensity <= 1,
                "noiseDensity is %s, but regular spans need a share of 0.0001 up to 1 (T5 uses 0.15).",
                noiseDensity);
        DataException.check(
                minSpanLength >= 1, "minNoiseSpanLength is %d, but a span has at least 1 token.", minSpanLength);
        DataException.check(
                maxSpanLength >= minSpanLength && maxSpanLength <= LONGEST_SPAN,
                "maxNoiseSpanLength is %d, but must be from minNoiseSpanLength, which is %d, up to %d.",
                maxSpanLength,
                minSpanLength,
                LONGEST_SPAN);
    }

    @Override
    public boolean[] mask(int length, CounterRandom random) {
        int span = minSpanLength + random.nextInt(maxSpanLength - minSpanLength + 1);
        return mask(length, span, random.nextInt(period(span)));
    }

    /** The mask with runs of {@code span} tokens, where token 0 is the {@code offset}-th of a period. */
    boolean[] mask(int length, int span, int offset) {
        int period = period(span);
        boolean[] mask = new boolean[length];
        for (int i = 0; i < length; i++) {
            mask[i] = (i + offset) % period < span;
        }
        return mask;
    }

    /** Tokens from the start of a run to the start of the next, rounded half to even in float32 as in the reference. */
    int period(int span) {
        return (int) Math.rint(span / (float) noiseDensity);
    }

    /**
     * The largest of what {@code measure} finds in any mask of a segment of that length.
     *
     * @param measure a sum of numbers of noise tokens and of runs: it changes steadily with the offset but where an edge of
     *     a run meets an end of the segment, so only those offsets are tried
     */
    public int largest(int length, ToIntFunction<boolean[]> measure) {
        int largest = 0;
        for (int span = minSpanLength; span <= maxSpanLength; span++) {
            int period = period(span);
            for (int edge : new int[] {0, span - 1, span, period - 1}) {
                int atStart = measure.applyAsInt(mask(length, span, edge % period));
                int atEnd = measure.applyAsInt(mask(length, span, Math.floorMod(edge - (length - 1), period)));
                largest = Math.max(largest, Math.max(atStart, atEnd));
            }
        }
        return largest;
    }
}
