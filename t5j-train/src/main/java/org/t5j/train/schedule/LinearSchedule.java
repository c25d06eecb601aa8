package org.t5j.train.schedule;

import org.t5j.train.config.Doc;

/** A linear rise, then a linear fall to 0 ({@code get_linear_schedule_with_warmup}). */
public record LinearSchedule(
        @Doc(Warmup.BASE_DOC) double base,
        @Doc(Warmup.WARMUP_DOC) long warmupSteps,
        @Doc(Warmup.TOTAL_DOC) long totalSteps)
        implements Schedule {

    public LinearSchedule {
        Warmup.check(base, warmupSteps, totalSteps);
    }

    public static LinearSchedule defaults() {
        return new LinearSchedule(1e-3, 0, 0);
    }

    @Override
    public double learningRate(long step) {
        return base
                * (step < warmupSteps
                        ? Warmup.fraction(step, warmupSteps)
                        : Math.max(0, 1 - Warmup.progress(step, warmupSteps, totalSteps)));
    }

    @Override
    public Schedule over(long runSteps) {
        return totalSteps > 0 ? this : new LinearSchedule(base, warmupSteps, runSteps);
    }
}
