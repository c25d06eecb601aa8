package org.t5j.train.optim;

import org.t5j.core.kernel.Kernels;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** Settings of {@link AdamW}; plain Adam is a weight decay of 0. */
public record AdamWConfig(
        @Doc("whose formula: TORCH, or HUGGING_FACE (transformers.AdamW)")
        Form form,

        @Doc("decay of the first moment") double beta1,
        @Doc("decay of the second moment") double beta2,
        @Doc("added to the root of the second moment") double epsilon,

        @Doc("fraction of the parameter taken off per step, times the rate; 0 is plain Adam")
        double weightDecay,

        @Doc("whether the moments' start at zero is corrected for; TORCH always does")
        boolean biasCorrection)
        implements OptimizerConfig {

    /** The two formulas in use; they differ in where epsilon and the decay enter. */
    public enum Form {
        /** {@code torch.optim.AdamW}: decay first, epsilon beside the bias-corrected root. */
        TORCH,
        /** {@code transformers.AdamW}: epsilon beside the uncorrected root, decay last. */
        HUGGING_FACE
    }

    public AdamWConfig {
        Require.that(form != null, "form", "must be TORCH or HUGGING_FACE", form);
        Require.that(beta1 >= 0 && beta1 < 1, "beta1", "must be at least 0 and below 1", beta1);
        Require.that(beta2 >= 0 && beta2 < 1, "beta2", "must be at least 0 and below 1", beta2);
        Require.that(epsilon > 0, "epsilon", "must be positive", epsilon);
        Require.that(weightDecay >= 0, "weightDecay", "must not be negative", weightDecay);
        Require.that(
                biasCorrection || form == Form.HUGGING_FACE,
                "biasCorrection",
                "can only be switched off with form: HUGGING_FACE",
                biasCorrection);
    }

    /** PyTorch's formula without decay. */
    public static AdamWConfig defaults() {
        return new AdamWConfig(Form.TORCH, 0.9, 0.999, 1e-8, 0, true);
    }

    @Override
    public AdamW create(Kernels kernels) {
        return new AdamW(this, kernels);
    }
}
