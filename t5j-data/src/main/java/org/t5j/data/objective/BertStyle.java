package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.noise.RandomTokens;
import org.t5j.data.noise.Sentinels;
import org.t5j.tokenizer.Tokenizer;

/**
 * BERT-style denoising (Raffel et al. 2020, section 3.3.1, after Devlin et al. 2018; preset {@code iid_15_r10s90_f}): of
 * the noise tokens 90 % become {@code <extra_id_0>} and 10 % a random token, none is kept; the targets are the whole
 * segment.
 */
public final class BertStyle {
    /** Name in {@link Objectives}. */
    public static final String NAME = "bert_style";

    private static final double RANDOM_TOKENS = 0.1;

    private BertStyle() {}

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly("noiseDensity", "randomTokenRate");
        Sentinels sentinels = new Sentinels(tokenizer);
        SentinelTargets.checkRuns(config, 1, sentinels);
        double rate = Objects.requireNonNullElse(config.randomTokenRate(), RANDOM_TOKENS);
        int mask = sentinels.id(0);
        int vocabSize = tokenizer.vocabSize();
        return FullTargets.denoising(
                config,
                IidTargets.DENSITY,
                true,
                (tokens, noise, random) -> RandomTokens.orSentinel(tokens, noise, rate, mask, vocabSize, random),
                tokenizer.eosId());
    }
}
