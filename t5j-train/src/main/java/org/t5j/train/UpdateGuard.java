package org.t5j.train;

import java.util.function.Supplier;
import org.t5j.core.T5Exception;
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

    /** Whether an update must not be made, given what came before it. */
    boolean refuses(double loss, double gradientNorm, SkippedUpdates before) {
        return !Double.isFinite(loss) || !Double.isFinite(gradientNorm) || isSpike(gradientNorm, before);
    }

    private boolean isSpike(double gradientNorm, SkippedUpdates before) {
        return spikeFactor > 0
                && before.norms().size() >= spikeWindow
                && gradientNorm > spikeFactor * before.medianNorm();
    }

    /** The norms that a median is taken of; none where nobody asks. */
    int norms() {
        return spikeFactor > 0 ? spikeWindow : 0;
    }

    /**
     * Ends a run whose numbers are not finite, unless such updates are skipped.
     *
     * @param lastCheckpoint what is safe, in words
     */
    void requireFinite(StepReport report, Supplier<String> lastCheckpoint) {
        if (onNan == OnNan.STOP && !report.isFinite()) {
            throw new T5Exception(stoppedAt(report) + ". The parameters were not updated with it; "
                    + lastCheckpoint.get()
                    + ". Lower the learning rate, lengthen its warm-up or lower optim.gradClip; or let such updates be"
                    + " skipped by optim.guard.onNan: SKIP.");
        }
    }

    /** Ends a run in which too many updates were skipped, that of {@code report} the last. */
    void requireFewSkipped(StepReport report, SkippedUpdates skipped, Supplier<String> lastCheckpoint) {
        boolean exhausted = skipped.inRow() >= maxSkippedInRow || maxSkipped > 0 && skipped.count() >= maxSkipped;
        if (report.skipped() && exhausted) {
            throw new T5Exception(stoppedAt(report) + ", and " + skipped.inRow() + " updates in a row, "
                    + skipped.count() + " in all, were skipped (optim.guard.maxSkippedInRow is " + maxSkippedInRow
                    + ", optim.guard.maxSkipped " + maxSkipped + "); " + lastCheckpoint.get()
                    + ". Lower the learning rate or lengthen its warm-up, or raise these bounds.");
        }
    }

    private static String stoppedAt(StepReport report) {
        return "Training stopped at step " + report.step() + ": the loss is " + report.loss()
                + " and the gradient norm " + report.gradientNorm() + " at learning rate " + report.learningRate();
    }
}
