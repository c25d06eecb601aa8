package org.t5j.train.schedule;

import org.t5j.train.config.Doc;

/** A linear rise to {@code base}, then {@code base sqrt(warmupSteps / step)} ({@code get_inverse_sqrt_schedule}). */
public record InverseSqrtSchedule(
        @Doc(Warmup.BASE_DOC) double base,

        @Doc("steps over which the rate rises linearly from 0, and the time scale of its fall")
        long warmupSteps)
        implements Schedule {

    public InverseSqrtSchedule {
        Warmup.check(base, warmupSteps);
    }

    public static InverseSqrtSchedule defaults() {
        return new InverseSqrtSchedule(1e-2, 10_000);
    }

    @Override
    public double learningRate(long step) {
        long scale = Math.max(1, warmupSteps);
        return base
                * (step < warmupSteps ? Warmup.fraction(step, scale) : Math.sqrt((double) scale / Math.max(1, step)));
    }
}
