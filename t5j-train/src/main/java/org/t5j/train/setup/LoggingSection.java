package org.t5j.train.setup;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** What is written about a run. */
public record LoggingSection(
        @Doc("updates between lines of log.jsonl") long everySteps,
        @Doc("whether progress is shown on standard error") boolean progress,

        @Doc("predictions in log.jsonl beside the scores of an evaluation")
        int examples,

        @Doc("whether the numbers of log.jsonl are also written for TensorBoard, into events.out.tfevents.t5j")
        boolean tensorboard,

        @Doc("whether a page about the run, report.html, is written with every checkpoint")
        boolean report,

        @Doc("updates between measurements of the norm of all parameters, each with a line of log.jsonl; 0 for none")
        long parameterNormEverySteps) {

    public LoggingSection {
        Require.that(everySteps >= 1, "everySteps", "must be at least 1", everySteps);
        Require.that(examples >= 0, "examples", "must be at least 0", examples);
        Require.that(
                parameterNormEverySteps >= 0,
                "parameterNormEverySteps",
                "must not be negative (0: never)",
                parameterNormEverySteps);
    }

    /** A line of the log every 10 updates, 8 predictions of each evaluation, progress on the terminal, and all the rest. */
    public static LoggingSection defaults() {
        return new LoggingSection(10, true, 8, true, true, 100);
    }
}
