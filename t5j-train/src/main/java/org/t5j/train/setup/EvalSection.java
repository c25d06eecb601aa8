package org.t5j.train.setup;

import org.t5j.train.EarlyStopping;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** Scores on data that is not trained on: files named validation. */
public record EvalSection(
        @Doc("updates between evaluations; 0 for one at the end")
        long everySteps,

        @Doc("examples evaluated side by side") int batchSize,
        @Doc("examples of each task or corpus at most") int examples,
        @Doc("beams of decoding; 1 for greedy search") int beams,

        @Doc("score that the best checkpoint is chosen by, such as mytask/accuracy; by default the first metric of the"
                + " task, the average of several tasks, or the loss")
        String metric,

        @Doc("evaluations without a better score after which the run ends early; 0 for never")
        int patience,

        @Doc(
                "whether what the model wrote stands in predictions/step-N of the run directory, a JSONL file for each task")
        boolean predictions) {

    public EvalSection {
        Require.that(everySteps >= 0, "everySteps", "must not be negative (0: at the end)", everySteps);
        Require.that(batchSize >= 1, "batchSize", "must be at least 1", batchSize);
        Require.that(examples >= 1, "examples", "must be at least 1", examples);
        Require.that(beams >= 1, "beams", "must be at least 1", beams);
        Require.that(patience >= 0, "patience", "must not be negative (0: no early stopping)", patience);
        Require.that(
                patience == 0 || everySteps > 0,
                "patience",
                "counts evaluations during training, so that everySteps must be at least 1",
                patience);
    }

    /**
     * When training ends early.
     *
     * @param score that the best checkpoint is chosen by; empty where nothing is scored
     * @throws org.t5j.train.config.ConfigException where there is a patience and nothing to score
     */
    public EarlyStopping stopping(String score) {
        Require.that(
                patience == 0 || !score.isEmpty(),
                "eval.patience",
                "needs scores, but there is nothing to evaluate on; name validation files, or leave it at 0",
                patience);
        return new EarlyStopping(patience, everySteps, score);
    }

    /** Greedily every 1000 updates, on at most 1000 examples of each task or corpus. */
    public static EvalSection defaults() {
        return new EvalSection(1000, 32, 1000, 1, null, 0, true);
    }
}
