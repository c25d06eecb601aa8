package org.t5j.train.schedule;

import org.t5j.train.config.Doc;

/** A linear rise, then constant ({@code get_constant_schedule_with_warmup}). */
public record ConstantWithWarmupSchedule(
        @Doc(Warmup.BASE_DOC) double base,
        @Doc(Warmup.WARMUP_DOC) long warmupSteps) implements Schedule {

    public ConstantWithWarmupSchedule {
        Warmup.check(base, warmupSteps);
    }

    public static ConstantWithWarmupSchedule defaults() {
        return new ConstantWithWarmupSchedule(1e-3, 1000);
    }

    @Override
    public double learningRate(long step) {
        return base * Math.min(1, Warmup.fraction(step, Math.max(1, warmupSteps)));
    }
}
