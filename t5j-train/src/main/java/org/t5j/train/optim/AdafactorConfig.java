package org.t5j.train.optim;

import org.t5j.core.kernel.Kernels;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * Settings of {@link Adafactor}. {@link #t5x()} and {@link #huggingFace()} are the defaults of the two implementations
 * in wide use.
 */
public record AdafactorConfig(
        @Doc("whether updates are proportional to the root mean square of the parameter")
        boolean scaleParameter,

        @Doc("whether the rate is min(0.01, 1/sqrt(step)) and the schedule is ignored")
        boolean relativeStep,

        @Doc("with relativeStep: whether the rate starts at 1e-6 step instead of 0.01")
        boolean warmupInit,

        @Doc("matrices are factored where both sides are at least this; 128 in T5X, 0 in Hugging Face")
        int minDimSizeToFactor,

        @Doc("bound of the root mean square of an update before scaling")
        double clipThreshold,

        @Doc("c in the decay of second moments, 1 - step^-c")
        double decayRate,

        @Doc("steps taken off the step number in that decay, to restart second moments in fine-tuning")
        long stepOffset,

        @Doc("decay of the first moment; 0 for none, which saves its memory")
        double beta1,

        @Doc("fraction of the parameter taken off per step, times the rate")
        double weightDecay,

        @Doc("added to squared gradients") double epsilon1,

        @Doc("the least root mean square of a parameter that scaleParameter uses")
        double epsilon2)
        implements OptimizerConfig {

    public AdafactorConfig {
        Require.that(minDimSizeToFactor >= 0, "minDimSizeToFactor", "must not be negative", minDimSizeToFactor);
        Require.that(clipThreshold > 0, "clipThreshold", "must be positive", clipThreshold);
        Require.that(decayRate > 0 && decayRate <= 1, "decayRate", "must be above 0 and at most 1", decayRate);
        Require.that(stepOffset >= 0, "stepOffset", "must not be negative", stepOffset);
        Require.that(beta1 >= 0 && beta1 < 1, "beta1", "must be at least 0 and below 1", beta1);
        Require.that(weightDecay >= 0, "weightDecay", "must not be negative", weightDecay);
        Require.that(epsilon1 >= 0, "epsilon1", "must not be negative", epsilon1);
        Require.that(epsilon2 >= 0, "epsilon2", "must not be negative", epsilon2);
        Require.that(
                relativeStep || !warmupInit, "warmupInit", "needs relativeStep: true, or leave it out", warmupInit);
    }

    /** T5's own recipe: the rate comes from the schedule and is scaled by the parameter. */
    public static AdafactorConfig t5x() {
        return new AdafactorConfig(true, false, false, 128, 1.0, 0.8, 0, 0, 0, 1e-30, 1e-3);
    }

    /** {@code transformers.Adafactor()}: relative steps, every matrix factored. */
    public static AdafactorConfig huggingFace() {
        return new AdafactorConfig(true, true, false, 0, 1.0, 0.8, 0, 0, 0, 1e-30, 1e-3);
    }

    /** {@link #t5x()}. */
    public static AdafactorConfig defaults() {
        return t5x();
    }

    @Override
    public Adafactor create(Kernels kernels) {
        return new Adafactor(this, kernels);
    }
}
