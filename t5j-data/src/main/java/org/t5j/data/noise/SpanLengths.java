package org.t5j.data.noise;

import org.t5j.data.DataException;

/**
 * How long a segment may be so that its corrupted inputs just fit, and how long its targets get: the reference's
 * {@code random_spans_helper}.
 *
 * @param tokensLength tokens to cut from the corpus for one example
 * @param targetsLength length of its targets, end-of-sequence token included
 */
public record SpanLengths(int tokensLength, int targetsLength) {

    /** The lengths where every noise span costs one sentinel in the inputs and one in the targets, as in T5. */
    public static SpanLengths of(int inputsLength, double noiseDensity, double meanNoiseSpanLength) {
        return of(inputsLength, noiseDensity, meanNoiseSpanLength, 1, 1);
    }

    /**
     * The lengths in general. T5's 512, 0.15, 3, 1, 1 gives 568 and 114.
     *
     * @param inputsLength length of the inputs, end-of-sequence token included; at least 2
     * @param noiseDensity share of noise tokens, 0 … 1 exclusive
     * @param meanNoiseSpanLength mean length of a run of noise, at least 1
     * @param extraTokensPerSpanInputs tokens that stand for a noise span in the inputs
     * @param extraTokensPerSpanTargets tokens that stand before a noise span in the targets
     */
    public static SpanLengths of(
            int inputsLength,
            double noiseDensity,
            double meanNoiseSpanLength,
            int extraTokensPerSpanInputs,
            int extraTokensPerSpanTargets) {
        DataException.check(
                inputsLength >= 2,
                "inputLength is %d, but span corruption needs at least 2 (one token and the end of sequence).",
                inputsLength);
        int tokens = inputsLength - 1;
        while (corrupted(tokens + 1, noiseDensity, meanNoiseSpanLength, extraTokensPerSpanInputs, true)
                <= inputsLength) {
            tokens++;
        }
        int inputs = corrupted(tokens, noiseDensity, meanNoiseSpanLength, extraTokensPerSpanInputs, true);
        int targets = corrupted(tokens, noiseDensity, meanNoiseSpanLength, extraTokensPerSpanTargets, false);
        // The reference keeps the targets from growing past the inputs in this one case.
        if (noiseDensity == 0.5 && targets > inputs) {
            tokens--;
            targets--;
        }
        return new SpanLengths(tokens, targets);
    }

    /** Length of the inputs (or targets) of {@code tokens} tokens, in double arithmetic as the reference has it here. */
    private static int corrupted(int tokens, double density, double meanSpan, int extraPerSpan, boolean inputs) {
        int noise = (int) Math.rint(tokens * density);
        int spans = (int) Math.rint(noise / meanSpan);
        return (inputs ? tokens - noise : noise) + spans * extraPerSpan + 1;
    }
}
