package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.noise.NoiseDropping;
import org.t5j.data.noise.RandomPrefixNoiseMask;
import org.t5j.tokenizer.Tokenizer;

/**
 * Prefix language modelling (Raffel et al. 2020, section 3.3.1; {@code prefix_lm}): a segment is cut in two at a random
 * place; the inputs are its beginning, the targets the rest. Documents are not joined. As in the study, the targets have as
 * much room as the inputs.
 */
public final class PrefixLm {
    /** Name in {@link Objectives}. */
    public static final String NAME = "prefix_lm";

    private PrefixLm() {}

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly("noiseDensity");
        RandomPrefixNoiseMask mask = new RandomPrefixNoiseMask(Objects.requireNonNullElse(config.noiseDensity(), 0.5));
        int segment = config.inputLength() - 1;
        int longest = 0;
        for (int length = 1; length <= segment; length++) {
            longest = Math.max(longest, length - mask.shortest(length));
        }
        config.targetLengthFor(longest + 1);
        SegmentShape shape = new SegmentShape(
                segment,
                config.inputLength(),
                Objects.requireNonNullElse(config.targetLength(), config.inputLength()),
                Objects.requireNonNullElse(config.mergeExamples(), false));
        return new Denoising(
                config.toString(),
                shape,
                mask,
                (tokens, noise, random) -> NoiseDropping.dropNonNoise(tokens, noise),
                (tokens, noise, random) -> NoiseDropping.dropNoise(tokens, noise),
                tokenizer.eosId());
    }
}
