package org.t5j.train.setup;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** What is kept of a run. */
public record CheckpointSection(
        @Doc("updates between checkpoints; 0 for one at the end")
        long everySteps,

        @Doc("newest checkpoints that are kept, beside the best; 0 for all")
        int keepLast) {

    public CheckpointSection {
        Require.that(everySteps >= 0, "everySteps", "must not be negative (0: at the end)", everySteps);
        Require.that(keepLast >= 0, "keepLast", "must not be negative (0: all)", keepLast);
    }

    /** A checkpoint every 1000 updates; the last three are kept, and the best. */
    public static CheckpointSection defaults() {
        return new CheckpointSection(1000, 3);
    }
}
