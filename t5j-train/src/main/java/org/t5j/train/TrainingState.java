package org.t5j.train;

import org.t5j.data.batch.DataPosition;

/**
 * Where a run stands, apart from parameters and the optimizer's moments: all that a resumed run needs to go on as if it
 * had never stopped. Jackson reads and writes it as it is.
 *
 * @param step updates made, skipped ones included
 * @param examples examples seen
 * @param inputTokens input ids seen, without padding
 * @param targetTokens targets seen
 * @param seconds time spent in training, evaluations and checkpoints included, over all parts of the run
 * @param data behind the last batch that was used
 * @param best the best evaluation so far, or null
 * @param skipped updates that were not made, and what decides about the next; states of older versions have none
 * @param scheduleOffset steps that the learning rate is ahead of {@code step}
 */
public record TrainingState(
        long step,
        long examples,
        long inputTokens,
        long targetTokens,
        double seconds,
        DataPosition data,
        BestScore best,
        SkippedUpdates skipped,
        long scheduleOffset) {

    public TrainingState {
        skipped = skipped == null ? SkippedUpdates.NONE : skipped;
    }

    /** A state of a run that skipped nothing and whose learning rate began at its first step. */
    public TrainingState(
            long step,
            long examples,
            long inputTokens,
            long targetTokens,
            double seconds,
            DataPosition data,
            BestScore best) {
        this(step, examples, inputTokens, targetTokens, seconds, data, best, SkippedUpdates.NONE, 0);
    }

    /**
     * The best evaluation of a run.
     *
     * @param step after which it was made
     * @param score name of the score
     * @param value of the score
     */
    public record BestScore(long step, String score, double value) {}

    /** Nothing done yet. */
    public static TrainingState start() {
        return start(0);
    }

    /** Nothing done yet, with a learning rate that is {@code scheduleOffset} steps ahead. */
    public static TrainingState start(long scheduleOffset) {
        return new TrainingState(0, 0, 0, 0, 0, DataPosition.start(), null, SkippedUpdates.NONE, scheduleOffset);
    }

    /**
     * After one more update.
     *
     * @param norms gradient norms that are kept of the latest updates
     */
    TrainingState after(StepReport report, DataPosition position, int norms) {
        return new TrainingState(
                report.step(),
                examples + report.examples(),
                inputTokens + report.inputTokens(),
                targetTokens + report.targetTokens(),
                report.seconds(),
                position,
                best,
                skipped.after(report, norms),
                scheduleOffset);
    }

    TrainingState withBest(BestScore newBest) {
        return new TrainingState(
                step, examples, inputTokens, targetTokens, seconds, data, newBest, skipped, scheduleOffset);
    }

    TrainingState withSeconds(double elapsed) {
        return new TrainingState(
                step, examples, inputTokens, targetTokens, elapsed, data, best, skipped, scheduleOffset);
    }
}
