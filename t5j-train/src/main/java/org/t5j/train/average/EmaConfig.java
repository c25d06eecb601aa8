package org.t5j.train.average;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * The exponential moving average (Polyak): {@code average += (1 - d) (weights - average)} after every step, which begins at
 * the first weights.
 */
public record EmaConfig(
        @Doc("d, what is kept of the average at every step") double decay,

        @Doc(
                "whether d is at most (1 + step) / (10 + step), so that the first weights are soon forgotten, as in TensorFlow")
        boolean warmUp)
        implements AverageConfig {

    public EmaConfig {
        Require.that(decay > 0 && decay < 1, "decay", "must be above 0 and below 1", decay);
    }

    /** 0.999, with warm-up. */
    public static EmaConfig defaults() {
        return new EmaConfig(0.999, true);
    }

    @Override
    public boolean hasBegun(long step) {
        return true;
    }

    @Override
    public double share(long step) {
        return 1 - (warmUp ? Math.min(decay, (1.0 + step) / (10.0 + step)) : decay);
    }
}
