package org.t5j.train.optim;

import org.t5j.core.tensor.ParameterSet;

/**
 * Changes parameters by their gradients. Owns the memory of its moments, which are made on the first step that needs
 * them and freed by {@link #close}.
 */
public interface Optimizer extends AutoCloseable {

    /**
     * One update of every trainable parameter from its gradient. Gradients are left as they are.
     *
     * @param learningRate the schedule's rate at this step
     */
    void step(ParameterSet parameters, double learningRate);

    /** Makes the zeroed moments of every trainable parameter that has none, as the next {@link #step} would. */
    void prepare(ParameterSet parameters);

    /** The rate that the next {@link #step} uses where the schedule says {@code scheduled}. */
    default double learningRate(double scheduled) {
        return scheduled;
    }

    /** Everything that must be saved to go on exactly: the number of steps taken and the moments by name. */
    OptimizerState state();

    @Override
    default void close() {
        state().close();
    }
}
