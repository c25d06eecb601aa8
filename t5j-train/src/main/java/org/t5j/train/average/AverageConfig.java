package org.t5j.train.average;

/**
 * The settings of an average: how much of it the weights make up that it takes in after each step. A function of the step
 * alone, so that a resumed run needs nothing but its step.
 */
public interface AverageConfig {

    /**
     * Whether there is an average after {@code step} steps, which then is the weights themselves or has begun before;
     * until then the weights stand for it.
     */
    boolean hasBegun(long step);

    /**
     * What {@code average += share (weights - average)} takes of the weights after {@code step} steps, of which there was
     * at least one since the average began: 0 for nothing, 1 for all.
     */
    double share(long step);
}
