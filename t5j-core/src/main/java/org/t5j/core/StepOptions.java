package org.t5j.core;

import org.t5j.core.kernel.CrossEntropy;

/**
 * How {@link T5Model#forwardBackward} computes a step.
 *
 * @param dropoutRate 0 … below 1
 * @param dropoutOverLength whether all positions of a sequence share a dropout mask (Mesh TensorFlow, T5X); Hugging Face
 *     gives each its own
 * @param seed of the run
 * @param step number of the step: with the seed and the micro-batch it decides the dropout masks
 * @param microBatch number of the batch within the step
 * @param loss label smoothing and z-loss
 * @param gradientScale what the summed loss is multiplied by before its gradient is taken: one over the number of
 *     targets of the whole step
 * @param recompute whether the activations of every block are computed again in the backward pass instead of being kept:
 *     the same numbers, bit by bit, in a fraction of the memory, for one more forward pass
 * @param lossOnInputs whether a decoder without an encoder is to predict its inputs too
 */
public record StepOptions(
        float dropoutRate,
        boolean dropoutOverLength,
        long seed,
        long step,
        int microBatch,
        CrossEntropy loss,
        float gradientScale,
        boolean recompute,
        boolean lossOnInputs) {

    /** Options of a step that keeps its activations and learns targets alone. */
    public StepOptions(
            float dropoutRate,
            boolean dropoutOverLength,
            long seed,
            long step,
            int microBatch,
            CrossEntropy loss,
            float gradientScale) {
        this(dropoutRate, dropoutOverLength, seed, step, microBatch, loss, gradientScale, false, false);
    }

    /** These options with {@code recompute} set or not. */
    public StepOptions withRecompute(boolean value) {
        return new StepOptions(
                dropoutRate, dropoutOverLength, seed, step, microBatch, loss, gradientScale, value, lossOnInputs);
    }

    /** These options with {@code lossOnInputs} set or not. */
    public StepOptions withLossOnInputs(boolean value) {
        return new StepOptions(
                dropoutRate, dropoutOverLength, seed, step, microBatch, loss, gradientScale, recompute, value);
    }

    /** Plain cross-entropy without dropout, averaged over the targets of {@code batch}. */
    public static StepOptions plain(T5Batch batch) {
        return new StepOptions(0f, false, 0, 0, 0, CrossEntropy.PLAIN, 1f / batch.targets());
    }
}
