package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.DataException;
import org.t5j.data.noise.IidCounts;

/**
 * The shape of objectives under an i.i.d. mask, whose targets have a random length. By default there is room for all but one
 * segment in 10⁹: 230 tokens for the study's baseline. The study's own lengths were chosen by hand and may be set: 192 cuts
 * the targets of 3 segments in 10,000, the 104 of dropped tokens those of 7, and the 103 of a corruption rate of 10 % those
 * of every third.
 */
final class IidTargets {
    /** The study's corruption rate. */
    static final double DENSITY = 0.15;

    private static final double RISK = 1e-9;

    private IidTargets() {}

    /**
     * Segments one token shorter than the inputs.
     *
     * @param targets law of the length of a full segment's targets, without end-of-sequence token
     * @throws DataException if {@code targetLength} is set to less than the targets have on average
     */
    static SegmentShape shape(ObjectiveConfig config, IidCounts targets) {
        Integer declared = config.targetLength();
        DataException.check(
                declared == null || declared >= targets.mean() + 1,
                "targetLength is %d, but %s makes targets of %.0f tokens on average, end of sequence included. Raise"
                        + " targetLength to %d, which nearly all fit, or leave it out.",
                declared,
                config.summary(),
                targets.mean() + 1,
                targets.atMost(RISK) + 1);
        return new SegmentShape(
                config.inputLength() - 1,
                config.inputLength(),
                declared == null ? targets.atMost(RISK) + 1 : declared,
                Objects.requireNonNullElse(config.mergeExamples(), true));
    }
}
