package org.t5j.train;

import org.t5j.core.StepOptions;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.train.config.Require;

/**
 * What the loop of a {@link Trainer} does.
 *
 * @param totalSteps updates to make in all, those before a resume included
 * @param gradAcc batches whose gradients are added up for one update
 * @param gradClip bound of the global norm of gradients; 0 for none
 * @param evalEverySteps updates between evaluations; 0 for one at the end
 * @param saveEverySteps updates between checkpoints; 0 for one at the end
 * @param loss label smoothing and z-loss
 * @param dropoutRate 0 … below 1
 * @param dropoutOverLength whether the positions of a sequence share a dropout mask
 * @param seed of dropout
 * @param guard what is done about updates that are not finite or out of the ordinary
 * @param parameterNormEverySteps updates between measurements of the norm of all parameters; 0 for none
 * @param recompute whether activations are computed again in the backward pass instead of being kept
 * @param lossOnInputs whether a decoder without an encoder learns its inputs too
 */
public record TrainerOptions(
        long totalSteps,
        int gradAcc,
        double gradClip,
        long evalEverySteps,
        long saveEverySteps,
        CrossEntropy loss,
        float dropoutRate,
        boolean dropoutOverLength,
        long seed,
        UpdateGuard guard,
        long parameterNormEverySteps,
        boolean recompute,
        boolean lossOnInputs) {

    public TrainerOptions {
        Require.that(totalSteps >= 1, "totalSteps", "must be at least 1", totalSteps);
        Require.that(gradAcc >= 1, "gradAcc", "must be at least 1", gradAcc);
        Require.that(gradClip >= 0, "gradClip", "must not be negative (0: no clipping)", gradClip);
        Require.that(evalEverySteps >= 0, "eval.everySteps", "must not be negative (0: at the end)", evalEverySteps);
        Require.that(
                saveEverySteps >= 0, "checkpoint.everySteps", "must not be negative (0: at the end)", saveEverySteps);
        Require.that(dropoutRate >= 0 && dropoutRate < 1, "dropoutRate", "must be at least 0 and below 1", dropoutRate);
        Require.that(
                parameterNormEverySteps >= 0,
                "logging.parameterNormEverySteps",
                "must not be negative (0: never)",
                parameterNormEverySteps);
    }

    /**
     * Options of one pass of a step.
     *
     * @param step updates made before
     * @param microBatch the batch's number in the update
     * @param targets of all batches of the update
     */
    public StepOptions pass(long step, int microBatch, int targets) {
        return new StepOptions(
                dropoutRate, dropoutOverLength, seed, step, microBatch, loss, 1f / targets, recompute, lossOnInputs);
    }

    /** Options that stop where a loss is not finite, skip nothing, measure no norm of parameters and learn targets only. */
    public TrainerOptions(
            long totalSteps,
            int gradAcc,
            double gradClip,
            long evalEverySteps,
            long saveEverySteps,
            CrossEntropy loss,
            float dropoutRate,
            boolean dropoutOverLength,
            long seed) {
        this(
                totalSteps,
                gradAcc,
                gradClip,
                evalEverySteps,
                saveEverySteps,
                loss,
                dropoutRate,
                dropoutOverLength,
                seed,
                UpdateGuard.defaults(),
                0,
                false,
                false);
    }
}
