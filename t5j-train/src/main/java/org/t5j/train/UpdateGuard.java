package org.t5j.train;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * What becomes of an update whose loss or gradients are not finite, or whose gradients are far larger than usual. A
 * skipped update uses its batches and its step up, and changes neither parameters nor moments.
 */
public record UpdateGuard(
        @Doc("where a loss or gradient is not finite: STOP the run, or SKIP the update")
        OnNan onNan,

        @Doc(
                "an update is skipped where the norm of its gradients is above so many times the running median; 0 for never")
        double spikeFactor,

        @Doc("updates that the median is taken over; none is skipped for its norm before so many were made")
        int spikeWindow,

        @Doc("skipped updates, one after another, after which the run stops")
        int maxSkippedInRow,

        @Doc("skipped updates in all after which the run stops; 0 for no bound")
        long maxSkipped) {

    /** What to do about numbers that are not finite. */
    public enum OnNan {
        /** End the run; the last checkpoint is named. */
        STOP,
        /** Go on with the next batch. */
        SKIP
    }

    public UpdateGuard {
        Require.that(onNan != null, "onNan", "must be STOP or SKIP", onNan);
        Require.that(
                spikeFactor == 0 || spikeFactor > 1 && Double.isFinite(spikeFactor),
                "spikeFactor",
                "must be above 1, or 0 for none",
                spikeFactor);
        Require.that(
                spikeWindow >= 1 && spikeWindow <= 10_000,
                "spikeWindow",
                "must be at least 1, at most 10000",
                spikeWindow);
        Require.that(maxSkippedInRow >= 1, "maxSkippedInRow", "must be at least 1", maxSkippedInRow);
        Require.that(maxSkipped >= 0, "maxSkipped", "must not be negative (0: no bound)", maxSkipped);
    }

    /** Stops where a number is not finite, and skips nothing. */
    public static UpdateGuard defaults() {
        return new UpdateGuard(OnNan.STOP, 0, 100, 10, 0);
    }

    /** Whether an update must not be made, given what came before it; {@link OnNan#STOP} is for the caller to see. */
    boolean refuses(double loss, double gradientNorm, SkippedUpdates before) {
        return !Double.isFinite(loss) || !Double.isFinite(gradientNorm) || isSpike(gradientNorm, before);
    }

    private boolean isSpike(double gradientNorm, SkippedUpdates before) {
        return spikeFactor > 0
                && before.norms().size() >= spikeWindow
                && gradientNorm > spikeFactor * before.medianNorm();
    }

    /** Whether the run must end since too many updates were skipped. */
    boolean exhausted(SkippedUpdates skipped) {
        return skipped.inRow() >= maxSkippedInRow || maxSkipped > 0 && skipped.count() >= maxSkipped;
    }

    /** The norms that a median is taken of; none where nobody asks. */
    int norms() {
        return spikeFactor > 0 ? spikeWindow : 0;
    }
}
