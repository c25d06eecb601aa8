package org.t5j.data.noise;

import org.t5j.data.DataException;
import org.t5j.data.random.CounterRandom;

/**
 * {@code random_spans_noise_mask}: runs of non-noise and noise take turns, non-noise first and noise last. Their numbers
 * are exactly those of {@link SpanCounts}; all ways to cut the noise, and independently the rest, into that many positive
 * parts are equally likely.
 *
 * @param noiseDensity share of noise tokens, 0 … 1 exclusive; 0 masks nothing
 * @param meanNoiseSpanLength mean length of a run of noise, at least 1
 */
public record RandomSpansNoiseMask(double noiseDensity, double meanNoiseSpanLength) implements NoiseMask {

    public RandomSpansNoiseMask {
        DataException.check(
                noiseDensity >= 0 && noiseDensity < 1,
                "noiseDensity is %s, but it is a share of the tokens: 0 up to, not including, 1 (T5 uses 0.15).",
                noiseDensity);
        DataException.check(
                meanNoiseSpanLength >= 1,
                "meanNoiseSpanLength is %s, but a span has at least 1 token (T5 uses 3).",
                meanNoiseSpanLength);
    }

    @Override
    public boolean[] mask(int length, CounterRandom random) {
        boolean[] mask = new boolean[length];
        if (noiseDensity == 0) {
            return mask;
        }
        SpanCounts counts = SpanCounts.of(length, noiseDensity, meanNoiseSpanLength);
        int[] noise = randomSegmentation(counts.noiseTokens(), counts.noiseSpans(), random);
        int[] nonNoise = randomSegmentation(counts.nonNoiseTokens(), counts.noiseSpans(), random);
        int position = 0;
        for (int span = 0; span < counts.noiseSpans(); span++) {
            position += nonNoise[span];
            for (int i = 0; i < noise[span]; i++, position++) {
                // A segment of one token is masked like one of two and cut, so its only token is kept.
                if (position < length) {
                    mask[position] = true;
                }
            }
        }
        return mask;
    }

    /** Cuts {@code items} into {@code segments} positive parts, each composition equally likely. */
    private int[] randomSegmentation(int items, int segments, CounterRandom random) {
        DataException.check(
                segments <= items,
                "noiseDensity %s with meanNoiseSpanLength %s asks for %d runs out of %d tokens. "
                        + "Raise meanNoiseSpanLength or lower noiseDensity.",
                noiseDensity,
                meanNoiseSpanLength,
                segments,
                items);
        boolean[] startsSegment = new boolean[items];
        int[] slots = random.permutation(items - 1);
        for (int i = 0; i < segments - 1; i++) {
            startsSegment[slots[i] + 1] = true;
        }
        int[] lengths = new int[segments];
        int segment = 0;
        for (boolean starts : startsSegment) {
            segment += starts ? 1 : 0;
            lengths[segment]++;
        }
        return lengths;
    }
}
