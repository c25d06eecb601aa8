package org.t5j.data.noise;

import java.util.Arrays;
import org.t5j.data.DataException;
import org.t5j.data.random.CounterRandom;

/**
 * {@code random_spans_noise_mask}: runs of non-noise and noise take turns, non-noise first and noise last. Their numbers
 * are exactly those of {@link SpanCounts}; all ways to cut the noise, and independently the rest, into that many positive
 * parts are equally likely.
 *
 * @param noiseDensity share of noise tokens, 0 … 1 exclusive; 0 masks nothing
 * @param meanNoiseSpanLength mean length of a run of noise, at least 1
 * @param randomRoll whether the mask is then rotated by a random number of tokens. Without, a segment that is short enough
 *     for a single run always has it at its end; with, a run may be cut in two, at the end and at the start
 */
public record RandomSpansNoiseMask(double noiseDensity, double meanNoiseSpanLength, boolean randomRoll)
        implements NoiseMask {

    public RandomSpansNoiseMask {
        DataException.check(
                noiseDensity >= 0 && noiseDensity < 1,
                "noiseDensity is %s, but it is a share of the tokens: 0 up to, not including, 1 (T5 uses 0.15).",
                noiseDensity);
        DataException.check(
                meanNoiseSpanLength >= 1 && meanNoiseSpanLength < Double.POSITIVE_INFINITY,
                "meanNoiseSpanLength is %s, but a span has at least 1 token (T5 uses 3).",
                meanNoiseSpanLength);
    }

    /** The mask of T5, which is not rotated. */
    public RandomSpansNoiseMask(double noiseDensity, double meanNoiseSpanLength) {
        this(noiseDensity, meanNoiseSpanLength, false);
    }

    @Override
    public boolean[] mask(int length, CounterRandom random) {
        // A segment of one token is masked like one of two and cut, so its only token is kept.
        boolean[] mask = new boolean[Math.max(length, 2)];
        if (noiseDensity > 0) {
            SpanCounts counts = SpanCounts.of(length, noiseDensity, meanNoiseSpanLength);
            int[] noise = randomSegmentation(counts.noiseTokens(), counts.noiseSpans(), random);
            int[] nonNoise = randomSegmentation(counts.nonNoiseTokens(), counts.noiseSpans(), random);
            int position = 0;
            for (int span = 0; span < noise.length; span++) {
                position += nonNoise[span];
                Arrays.fill(mask, position, position + noise[span], true);
                position += noise[span];
            }
        }
        boolean[] cut = length == mask.length ? mask : Arrays.copyOf(mask, length);
        return randomRoll ? roll(cut, random.nextInt(length)) : cut;
    }

    private static boolean[] roll(boolean[] mask, int offset) {
        boolean[] rolled = new boolean[mask.length];
        System.arraycopy(mask, 0, rolled, offset, mask.length - offset);
        System.arraycopy(mask, mask.length - offset, rolled, 0, offset);
        return rolled;
    }

    /**
     * Cuts {@code items} into {@code segments} positive parts, each composition equally likely: a random set of places to
     * cut, found with one number each (Floyd's method; Bentley and Floyd, "A sample of brilliance", 1987).
     */
    private int[] randomSegmentation(int items, int segments, CounterRandom random) {
        DataException.check(
                segments <= items,
                "noiseDensity %s with meanNoiseSpanLength %s asks for %d runs out of %d tokens. "
                        + "Raise meanNoiseSpanLength or lower noiseDensity.",
                noiseDensity,
                meanNoiseSpanLength,
                segments,
                items);
        long[] cuts = new long[(items >> 6) + 1];
        for (int last = items - segments + 1; last < items; last++) {
            int cut = 1 + random.nextInt(last);
            int place = (cuts[cut >> 6] >>> cut & 1) == 0 ? cut : last;
            cuts[place >> 6] |= 1L << place;
        }
        return partLengths(cuts, items, segments);
    }

    private static int[] partLengths(long[] cuts, int items, int segments) {
        int[] lengths = new int[segments];
        int segment = 0;
        int start = 0;
        for (int word = 0; word < cuts.length; word++) {
            for (long bits = cuts[word]; bits != 0; bits &= bits - 1) {
                int cut = (word << 6) + Long.numberOfTrailingZeros(bits);
                lengths[segment++] = cut - start;
                start = cut;
            }
        }
        lengths[segment] = items - start;
        return lengths;
    }
}
