package org.t5j.train;

import org.t5j.data.batch.DataPosition;

/**
 * Where a run stands, apart from parameters and the optimizer's moments: all that a resumed run needs to go on as if it
 * had never stopped. Jackson reads and writes it as it is.
 *
 * @param step updates made
 * @param examples examples seen
 * @param inputTokens input ids seen, without padding
 * @param targetTokens targets seen
 * @param seconds time spent in training, evaluations and checkpoints included, over all parts of the run
 * @param data behind the last batch that was used
 * @param best the best evaluation so far, or null
 */
public record TrainingState(
        long step,
        long examples,
        long inputTokens,
        long targetTokens,
        double seconds,
        DataPosition data,
        BestScore best) {

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
        return new TrainingState(0, 0, 0, 0, 0, DataPosition.start(), null);
    }

    /** After one more update. */
    TrainingState after(StepReport report, DataPosition position, double elapsed) {
        return new TrainingState(
                report.step(),
                examples + report.examples(),
                inputTokens + report.inputTokens(),
                targetTokens + report.targetTokens(),
                elapsed,
                position,
                best);
    }

    TrainingState withBest(BestScore newBest) {
        return new TrainingState(step, examples, inputTokens, targetTokens, seconds, data, newBest);
    }

    TrainingState withSeconds(double elapsed) {
        return new TrainingState(step, examples, inputTokens, targetTokens, elapsed, data, best);
    }
}
