package org.t5j.train.schedule;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * A linear rise, then {@code cycles} times half a cosine from {@code base} to 0 ({@code
 * get_cosine_with_hard_restarts_schedule_with_warmup}).
 */
public record CosineWithRestartsSchedule(
        @Doc(Warmup.BASE_DOC) double base,
        @Doc(Warmup.WARMUP_DOC) long warmupSteps,
        @Doc(Warmup.TOTAL_DOC) long totalSteps,
        @Doc("number of falls from base to 0") int cycles)
        implements Schedule {

    public CosineWithRestartsSchedule {
        Warmup.check(base, warmupSteps, totalSteps);
        Require.that(cycles >= 1, "cycles", "must be at least 1", cycles);
    }

    public static CosineWithRestartsSchedule defaults() {
        return new CosineWithRestartsSchedule(1e-3, 0, 0, 1);
    }

    @Override
    public double learningRate(long step) {
        if (step < warmupSteps) {
            return base * Warmup.fraction(step, warmupSteps);
        }
        double progress = Warmup.progress(step, warmupSteps, totalSteps);
        return progress >= 1 ? 0 : base * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * ((cycles * progress) % 1))));
    }

    @Override
    public Schedule over(long runSteps) {
        return totalSteps > 0 ? this : new CosineWithRestartsSchedule(base, warmupSteps, runSteps, cycles);
    }
}
