package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.noise.NoiseRuns;
import org.t5j.data.noise.RegularNoiseMask;
import org.t5j.data.noise.Sentinels;
import org.t5j.tokenizer.Tokenizer;

/**
 * Spans of one length at equal distances ({@code regular_noise_mask} of the reference, lengths 1 … 5), replaced by
 * sentinels as in {@link IidDenoising}, whose baseline this follows in all else.
 */
public final class RegularSpans {
    /** Name in {@link Objectives}. */
    public static final String NAME = "regular_spans";

    private RegularSpans() {}

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly(
                "noiseDensity", "minNoiseSpanLength", "maxNoiseSpanLength", "sentinelOverflow", "alignSentinels");
        RegularNoiseMask mask = new RegularNoiseMask(
                Objects.requireNonNullElse(config.noiseDensity(), IidTargets.DENSITY),
                Objects.requireNonNullElse(config.minNoiseSpanLength(), 1),
                Objects.requireNonNullElse(config.maxNoiseSpanLength(), 5));
        Sentinels sentinels = config.sentinels(tokenizer);
        int segment = config.inputLength() - 1;
        int noiseRuns = mask.largest(segment, NoiseRuns::ofNoise);
        SentinelTargets.checkRuns(config, Math.max(noiseRuns, mask.largest(segment, NoiseRuns::ofOthers)), sentinels);
        boolean aligned = SentinelTargets.isAligned(config);
        int needed = mask.largest(
                segment,
                noise -> NoiseRuns.tokens(noise) + (aligned ? NoiseRuns.ofNoise(noise) : NoiseRuns.ofOthers(noise)));
        SegmentShape shape = new SegmentShape(
                segment,
                config.inputLength(),
                config.targetLengthFor(needed + 1),
                Objects.requireNonNullElse(config.mergeExamples(), true));
        return SentinelTargets.denoising(config, shape, mask, sentinels, tokenizer.eosId());
    }
}
