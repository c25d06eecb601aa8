package org.t5j.train.average;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * The mean of the weights at {@code startStep} and every {@code everySteps} after it (stochastic weight averaging,
 * Izmailov et al. 2018). The last n of a run of {@code totalSteps} are a {@code startStep} of {@code totalSteps - (n - 1)
 * everySteps}.
 */
public record UniformConfig(
        @Doc("the first step whose weights count; before it, the weights are not averaged")
        long startStep,

        @Doc("steps between weights that count") long everySteps)
        implements AverageConfig {

    public UniformConfig {
        Require.that(startStep >= 0, "startStep", "must not be negative", startStep);
        Require.that(everySteps >= 1, "everySteps", "must be at least 1", everySteps);
    }

    @Override
    public boolean hasBegun(long step) {
        return step >= startStep;
    }

    @Override
    public double share(long step) {
        long since = step - startStep;
        return since % everySteps == 0 ? 1.0 / (since / everySteps + 1) : 0;
    }
}
