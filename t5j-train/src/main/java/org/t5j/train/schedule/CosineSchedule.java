package org.t5j.train.schedule;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * A linear rise, then half a cosine down to {@code end} ({@code get_cosine_schedule_with_warmup}, whose end is 0;
 * nanoT5's is 1e-5). After the end the cosine goes on, as there.
 */
public record CosineSchedule(
        @Doc(Warmup.BASE_DOC) double base,
        @Doc(Warmup.WARMUP_DOC) long warmupSteps,
        @Doc(Warmup.TOTAL_DOC) long totalSteps,
        @Doc("the rate at the end") double end)
        implements Schedule {

    public CosineSchedule {
        Warmup.check(base, warmupSteps, totalSteps);
        Require.that(end >= 0 && end <= base, "end", "must be at least 0 and at most base", end);
    }

    public static CosineSchedule defaults() {
        return new CosineSchedule(1e-3, 0, 0, 0);
    }

    @Override
    public double learningRate(long step) {
        if (step < warmupSteps) {
            return base * Warmup.fraction(step, warmupSteps);
        }
        double progress = Warmup.progress(step, warmupSteps, totalSteps);
        return end + (base - end) * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
    }

    @Override
    public Schedule over(long runSteps) {
        return totalSteps > 0 ? this : new CosineSchedule(base, warmupSteps, runSteps, end);
    }
}
