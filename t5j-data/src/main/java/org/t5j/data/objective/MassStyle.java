package org.t5j.data.objective;

import org.t5j.data.noise.Sentinels;
import org.t5j.tokenizer.Tokenizer;

/**
 * MASS-style denoising (Raffel et al. 2020, section 3.3.2, after Song et al. 2019; preset {@code iid_15_m_f}): every noise
 * token is replaced by the same mask token, {@code <extra_id_0>}; the targets are the whole segment.
 */
public final class MassStyle {
    /** Name in {@link Objectives}. */
    public static final String NAME = "mass_style";

    private MassStyle() {}

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly("noiseDensity");
        Sentinels sentinels = new Sentinels(tokenizer);
        SentinelTargets.checkRuns(config, 1, sentinels);
        return FullTargets.denoising(
                config,
                IidTargets.DENSITY,
                true,
                (tokens, noise, random) -> sentinels.noiseTokenToSentinel(tokens, noise),
                tokenizer.eosId());
    }
}
