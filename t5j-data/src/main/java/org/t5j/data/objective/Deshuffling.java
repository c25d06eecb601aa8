package org.t5j.data.objective;

import org.t5j.data.noise.RandomTokens;
import org.t5j.tokenizer.Tokenizer;

/**
 * Deshuffling (Raffel et al. 2020, section 3.3.1, after Liu et al. 2019; preset {@code all_permute}): the inputs are the
 * tokens of the segment in random order, the targets the segment. Documents are not joined. A {@code noiseDensity} below 1
 * leaves the other tokens in their places.
 */
public final class Deshuffling {
    /** Name in {@link Objectives}. */
    public static final String NAME = "deshuffling";

    private Deshuffling() {}

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly("noiseDensity");
        return FullTargets.denoising(config, 1, false, RandomTokens::permuted, tokenizer.eosId());
    }
}
