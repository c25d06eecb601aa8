package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.DataException;
import org.t5j.data.noise.NoiseMask;
import org.t5j.data.noise.Sentinels;
import org.t5j.data.noise.TokenNoise;

/** What the objectives share that write a sentinel of its own for every run of noise, and the runs as targets. */
final class SentinelTargets {
    private SentinelTargets() {}

    static Objective denoising(
            ObjectiveConfig config, SegmentShape shape, NoiseMask mask, Sentinels sentinels, int eosId) {
        TokenNoise inputs = (tokens, noise, random) -> sentinels.noiseSpanToUniqueSentinel(tokens, noise);
        TokenNoise targets = isAligned(config)
                ? (tokens, noise, random) -> sentinels.noiseAfterItsSentinel(tokens, noise)
                : (tokens, noise, random) -> sentinels.nonNoiseSpanToUniqueSentinel(tokens, noise);
        return new Denoising(config.toString(), shape, mask, inputs, targets, eosId);
    }

    static boolean isAligned(ObjectiveConfig config) {
        return Objects.requireNonNullElse(config.alignSentinels(), false);
    }

    /**
     * @param runs of noise (or of other tokens) that a segment has at most
     * @throws DataException if there are fewer sentinels
     */
    static void checkRuns(ObjectiveConfig config, int runs, Sentinels sentinels) {
        DataException.check(
                runs <= sentinels.capacity(),
                "inputLength %d makes up to %d noise spans, but the vocabulary has %d sentinels (%s). Lower inputLength"
                        + " or noiseDensity, raise meanNoiseSpanLength, use a vocabulary with more sentinels (T5's have"
                        + " 100), or set sentinelOverflow to REUSE, which lets ids run on into ordinary tokens as in the"
                        + " study's own runs.",
                config.inputLength(),
                runs,
                sentinels.capacity(),
                config.summary());
    }
}
