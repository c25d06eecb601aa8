package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.noise.IidCounts;
import org.t5j.data.noise.IidNoiseMask;
import org.t5j.data.noise.NoiseDropping;
import org.t5j.tokenizer.Tokenizer;

/**
 * "Drop corrupted tokens" (Raffel et al. 2020, section 3.3.2 and table 5; preset {@code iid_15_d_d}): noise tokens are left
 * out of the inputs without a trace; the targets are all of them in order.
 */
public final class DropTokens {
    /** Name in {@link Objectives}. */
    public static final String NAME = "drop_tokens";

    private DropTokens() {}

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly("noiseDensity");
        double density = Objects.requireNonNullElse(config.noiseDensity(), IidTargets.DENSITY);
        IidCounts targets = IidCounts.of(config.inputLength() - 1, density, 1, 0, 0);
        return new Denoising(
                config.toString(),
                IidTargets.shape(config, targets),
                new IidNoiseMask(density),
                (tokens, noise, random) -> NoiseDropping.dropNoise(tokens, noise),
                (tokens, noise, random) -> NoiseDropping.dropNonNoise(tokens, noise),
                tokenizer.eosId());
    }
}
