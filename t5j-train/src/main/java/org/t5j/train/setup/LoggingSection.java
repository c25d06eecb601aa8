package org.t5j.train.setup;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** What is written about a run. */
public record LoggingSection(
        @Doc("updates between lines of log.jsonl") long everySteps,
        @Doc("whether progress is shown on standard error") boolean progress) {

    public LoggingSection {
        Require.that(everySteps >= 1, "everySteps", "must be at least 1", everySteps);
    }

    /** A line of the log every 10 updates, and progress on the terminal. */
    public static LoggingSection defaults() {
        return new LoggingSection(10, true);
    }
}
