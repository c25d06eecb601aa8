package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.DataException;
import org.t5j.data.noise.IidCounts;
import org.t5j.data.noise.IidNoiseMask;
import org.t5j.data.noise.LimitedRuns;
import org.t5j.data.noise.NoiseMask;
import org.t5j.data.noise.Sentinels;
import org.t5j.tokenizer.Tokenizer;

/**
 * The study's baseline (Raffel et al. 2020, section 3.1.4, "replace corrupted spans" in table 5; {@code iid_denoising}
 * and preset {@code iid_15_u_u}): every token is noise with probability 0.15, a run of noise is replaced by one sentinel,
 * the targets are the runs.
 *
 * <p>As in the reference, a segment that starts with noise gives targets whose sentinels are one behind the inputs', and a
 * segment that ends with a kept token gives a sentinel at the end of the targets; {@code alignSentinels} mends both.
 *
 * <p>The number of runs is random. Where more than one segment in a million would have more than there are sentinels, that
 * is an error; the rare others get another mask.
 */
public final class IidDenoising {
    /** Name in {@link Objectives}. */
    public static final String NAME = "iid_denoising";

    /** Share of segments that may need another mask because of their number of runs. */
    private static final double RARE = 1e-6;

    private IidDenoising() {}

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly("noiseDensity", "sentinelOverflow", "alignSentinels");
        double density = Objects.requireNonNullElse(config.noiseDensity(), IidTargets.DENSITY);
        Sentinels sentinels = config.sentinels(tokenizer);
        NoiseMask mask = new LimitedRuns(new IidNoiseMask(density), sentinels.capacity());
        int segment = config.inputLength() - 1;
        checkRuns(config, IidCounts.of(segment, density, 0, 1, 0), sentinels);
        checkRuns(config, IidCounts.of(segment, density, 0, 0, 1), sentinels);
        IidCounts targets = SentinelTargets.isAligned(config)
                ? IidCounts.of(segment, density, 1, 1, 0)
                : IidCounts.of(segment, density, 1, 0, 1);
        SegmentShape shape = IidTargets.shape(config, targets);
        return SentinelTargets.denoising(config, shape, mask, sentinels, tokenizer.eosId());
    }

    private static void checkRuns(ObjectiveConfig config, IidCounts runs, Sentinels sentinels) {
        DataException.check(
                runs.moreThan(sentinels.capacity()) <= RARE,
                "%s makes %.0f noise spans on average and more than the vocabulary's %d sentinels in %.4g %% of the"
                        + " segments. Lower inputLength or noiseDensity, use a vocabulary with more sentinels, or set"
                        + " sentinelOverflow to REUSE, which lets ids run on into ordinary tokens as in the study's own"
                        + " runs.",
                config.summary(),
                runs.mean(),
                sentinels.capacity(),
                100 * runs.moreThan(sentinels.capacity()));
    }
}
