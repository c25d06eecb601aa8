package org.t5j.train.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.T5Exception;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Tensor;

/**
 * The memory of an optimizer: a step counter and named tensors such as {@code shared.weight.exp_avg_sq}. To restore,
 * write saved values into {@link #tensor} of the same names and shapes and set the counter.
 */
public final class OptimizerState implements AutoCloseable {
    private final Backend backend;
    private final Map<String, Tensor> tensors = new TreeMap<>();
    private long steps;

    /** No steps and no tensors; {@code backend} must outlive it. */
    public OptimizerState(Backend backend) {
        this.backend = backend;
    }

    /** Number of steps taken. */
    public long steps() {
        return steps;
    }

    /** Goes on from {@code steps} steps taken, at least 0. */
    public void setSteps(long steps) {
        if (steps < 0) {
            throw new T5Exception("An optimizer cannot have taken " + steps + " steps");
        }
        this.steps = steps;
    }

    /** Counts a step and returns its number, from 1. */
    long nextStep() {
        return ++steps;
    }

    /**
     * The tensor of that name; a zeroed one is made where there is none.
     *
     * @throws T5Exception where there is one of another shape
     */
    public Tensor tensor(String name, int... shape) {
        Tensor tensor = tensors.computeIfAbsent(name, n -> backend.allocateTensor(shape));
        if (!tensor.hasShape(shape)) {
            throw new T5Exception("Optimizer state " + name + " has shape " + Arrays.toString(tensor.shape())
                    + " where " + Arrays.toString(shape) + " is needed: it belongs to another model or optimizer");
        }
        return tensor;
    }

    /** All tensors by name, in the order of names. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public void close() {
        tensors.values().forEach(tensor -> backend.free(tensor.storage()));
        tensors.clear();
    }
}
