package org.t5j.train.schedule;

import org.t5j.train.config.Require;

/** What schedules with a linear warm-up share. */
final class Warmup {
    static final String BASE_DOC = "the highest rate";
    static final String WARMUP_DOC = "steps over which the rate rises linearly from 0";
    static final String TOTAL_DOC = "the step at which the schedule ends; 0 for the run's last";

    private Warmup() {}

    /** The fraction of the rate during warm-up. */
    static double fraction(long step, long warmupSteps) {
        return (double) step / Math.max(1, warmupSteps);
    }

    /** How much of the time between warm-up and end is over: 0 … 1, and above 1 after the end. */
    static double progress(long step, long warmupSteps, long totalSteps) {
        return (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    }

    static void check(double base, long warmupSteps) {
        Require.that(base >= 0 && Double.isFinite(base), "base", "must not be negative", base);
        Require.that(warmupSteps >= 0, "warmupSteps", "must not be negative", warmupSteps);
    }

    static void check(double base, long warmupSteps, long totalSteps) {
        check(base, warmupSteps);
        Require.that(
                totalSteps == 0 || totalSteps > warmupSteps,
                "totalSteps",
                "must exceed warmupSteps " + warmupSteps + " (0: the run's steps)",
                totalSteps);
    }
}
