package org.t5j.train.schedule;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * T5's pre-training schedule, {@code base / sqrt(max(step, warmupSteps))}: constant, then falling. With base 1 and 10000
 * steps the rate starts at 0.01 (Raffel et al. 2020, section 3.1.2).
 */
public record RsqrtSchedule(
        @Doc("the numerator") double base,
        @Doc("steps of constant rate") long warmupSteps) implements Schedule {

    public RsqrtSchedule {
        Warmup.check(base, warmupSteps);
        Require.that(warmupSteps >= 1, "warmupSteps", "must be at least 1", warmupSteps);
    }

    /** Base 1 and 10000 steps, as T5 is pre-trained. */
    public static RsqrtSchedule defaults() {
        return new RsqrtSchedule(1, 10_000);
    }

    @Override
    public double learningRate(long step) {
        return base / Math.sqrt(Math.max(step, warmupSteps));
    }
}
