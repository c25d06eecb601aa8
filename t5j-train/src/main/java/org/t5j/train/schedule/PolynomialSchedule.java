package org.t5j.train.schedule;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * A linear rise, then {@code end + (base - end) (1 - progress)^power}, then {@code end} ({@code
 * get_polynomial_decay_schedule_with_warmup}).
 */
public record PolynomialSchedule(
        @Doc(Warmup.BASE_DOC) double base,
        @Doc(Warmup.WARMUP_DOC) long warmupSteps,
        @Doc(Warmup.TOTAL_DOC) long totalSteps,
        @Doc("the rate at the end") double end,
        @Doc("the exponent; 1 is linear") double power)
        implements Schedule {

    public PolynomialSchedule {
        Warmup.check(base, warmupSteps, totalSteps);
        Require.that(end >= 0 && end <= base, "end", "must be at least 0 and at most base", end);
        Require.that(power > 0, "power", "must be positive", power);
    }

    public static PolynomialSchedule defaults() {
        return new PolynomialSchedule(1e-3, 0, 0, 1e-7, 1);
    }

    @Override
    public double learningRate(long step) {
        if (step < warmupSteps) {
            return base * Warmup.fraction(step, warmupSteps);
        }
        double left = Math.max(0, 1 - Warmup.progress(step, warmupSteps, totalSteps));
        return end + (base - end) * Math.pow(left, power);
    }

    @Override
    public Schedule over(long runSteps) {
        return totalSteps > 0 ? this : new PolynomialSchedule(base, warmupSteps, runSteps, end, power);
    }
}
