package org.t5j.data.noise;

/**
 * How many tokens of a segment are noise and in how many runs, as {@code random_spans_noise_mask} counts: in float32,
 * rounding half to even.
 *
 * @param noiseTokens 1 … length-1 (for a length below 2: those of length 2)
 * @param noiseSpans at least 1; also the number of non-noise runs
 * @param nonNoiseTokens the rest
 */
public record SpanCounts(int noiseTokens, int noiseSpans, int nonNoiseTokens) {

    /**
     * The counts for a segment.
     *
     * @param length of the segment; 1 counts as 2
     * @param noiseDensity share of noise tokens, above 0
     * @param meanNoiseSpanLength mean length of a run of noise, at least 1
     */
    public static SpanCounts of(int length, double noiseDensity, double meanNoiseSpanLength) {
        int atLeastTwo = Math.max(length, 2);
        int rounded = (int) Math.rint((float) atLeastTwo * (float) noiseDensity);
        int noise = Math.min(Math.max(rounded, 1), atLeastTwo - 1);
        int spans = Math.max((int) Math.rint((float) noise / (float) meanNoiseSpanLength), 1);
        return new SpanCounts(noise, spans, atLeastTwo - noise);
    }
}
