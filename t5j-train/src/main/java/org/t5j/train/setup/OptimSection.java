package org.t5j.train.setup;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.train.TrainerOptions;
import org.t5j.train.UpdateGuard;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.OptimizerConfig;

/** How parameters are updated. */
public record OptimSection(
        @Doc("updates in all") long totalSteps,

        @Doc("batches whose gradients make one update, as if they were one batch")
        int gradAcc,

        @Doc("bound of the global norm of gradients; 0 for none")
        double gradClip,

        @Doc("share of the target probability spread over the vocabulary")
        double labelSmoothing,

        @Doc("weight of log(Z)², which keeps logits small; 1e-4 in T5's pre-training")
        double zLoss,

        @Doc(
                "for architectures without an encoder: whether the inputs are learnt too, or the targets alone; the study learnt"
                        + " both")
        boolean lossOnInputs,

        @Doc("dropout rate; by default the model's") Double dropoutRate,

        @Doc("whether the positions of a sequence share a dropout mask, as in T5X, or not, as in Hugging Face")
        boolean dropoutOverLength,

        @Doc("what updates the parameters") OptimizerConfig optimizer,

        @Doc(
                "updates that are not made: those whose numbers are not finite, or whose gradients are out of the ordinary")
        UpdateGuard guard,

        @Doc("what a new run takes over from model.checkpoint beside the model: NONE, the optimizer's MOMENTS, or"
                + " MOMENTS_AND_STEP, with which the learning rate goes on where that run stood; models without such"
                + " states begin anew")
        WarmStart warmStart,

        @Doc("steps that the learning rate is ahead of the run; by default 0, or what MOMENTS_AND_STEP says")
        Long scheduleOffset) {

    /** What a new run takes over from the checkpoint that it starts from. */
    public enum WarmStart {
        /** The weights alone, as they were evaluated. */
        NONE,
        /** The training weights, and the moments with the optimizer's own count of steps. */
        MOMENTS,
        /** The same, and the step of the schedule. */
        MOMENTS_AND_STEP
    }

    public OptimSection {
        Require.that(totalSteps >= 1, "totalSteps", "must be at least 1", totalSteps);
        Require.that(gradAcc >= 1, "gradAcc", "must be at least 1", gradAcc);
        Require.that(gradClip >= 0, "gradClip", "must not be negative (0: no clipping)", gradClip);
        Require.that(
                dropoutRate == null || dropoutRate >= 0 && dropoutRate < 1,
                "dropoutRate",
                "must be at least 0 and below 1",
                dropoutRate);
        Require.that(
                labelSmoothing >= 0 && labelSmoothing < 1,
                "labelSmoothing",
                "must be at least 0 and below 1",
                labelSmoothing);
        Require.that(zLoss >= 0, "zLoss", "must not be negative", zLoss);
        Require.that(optimizer != null, "optimizer", "must be named", optimizer);
        Require.that(
                scheduleOffset == null || scheduleOffset >= 0,
                "scheduleOffset",
                "must not be negative",
                scheduleOffset);
    }

    /** 65536 updates of a batch each by Adafactor. */
    public static OptimSection defaults() {
        return new OptimSection(
                65_536,
                1,
                1,
                0,
                0,
                false,
                null,
                false,
                AdafactorConfig.defaults(),
                UpdateGuard.defaults(),
                WarmStart.NONE,
                null);
    }

    /** What the loop needs to know of a configuration. */
    public static TrainerOptions trainerOptions(TrainConfig config, T5Config model) {
        OptimSection optim = config.optim();
        return new TrainerOptions(
                optim.totalSteps,
                optim.gradAcc,
                optim.gradClip,
                config.eval().everySteps(),
                config.checkpoint().everySteps(),
                new CrossEntropy((float) optim.labelSmoothing, (float) optim.zLoss),
                optim.dropoutRate == null ? model.dropoutRate() : optim.dropoutRate.floatValue(),
                optim.dropoutOverLength,
                config.seed(),
                optim.guard,
                config.logging().parameterNormEverySteps(),
                config.memory().recompute(),
                optim.lossOnInputs);
    }
}
