package org.t5j.train.setup;

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
        String metric) {

    public EvalSection {
        Require.that(everySteps >= 0, "everySteps", "must not be negative (0: at the end)", everySteps);
        Require.that(batchSize >= 1, "batchSize", "must be at least 1", batchSize);
        Require.that(examples >= 1, "examples", "must be at least 1", examples);
        Require.that(beams >= 1, "beams", "must be at least 1", beams);
    }

    /** Greedily every 1000 updates, on at most 1000 examples of each task or corpus. */
    public static EvalSection defaults() {
        return new EvalSection(1000, 32, 1000, 1, null);
    }
}
