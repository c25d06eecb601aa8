package org.t5j.train.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.T5Exception;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Tensor;

/**
 * The memory of an optimizer: a step counter, named tensors such as {@code shared.weight.exp_avg_sq}, and how many updates
 * each parameter had, which are fewer than the steps where it was frozen at first. To restore, write saved values into
 * {@link #tensor} of the same names and shapes, set the counter, and {@link #setUpdates} of those that had fewer.
 */
public final class OptimizerState implements AutoCloseable {
    private final Backend backend;
    private final TreeMap<String, Tensor> tensors = new TreeMap<>();
    private final Map<String, Long> updates = new TreeMap<>();
    private long steps;
    /** Updates of a parameter that has tensors and is not in {@link #updates}: it had them before this state was restored. */
    private long restored;

    /** No steps and no tensors; {@code backend} must outlive it. */
    public OptimizerState(Backend backend) {
        this.backend = backend;
    }

    /** Number of steps taken. */
    public long steps() {
        return steps;
    }

    /** Goes on from {@code steps} steps taken, at least 0, of which each was an update of every parameter that has tensors. */
    public void setSteps(long steps) {
        if (steps < 0) {
            throw new T5Exception("An optimizer cannot have taken " + steps + " steps");
        }
        this.steps = steps;
        this.restored = steps;
        updates.clear();
    }

    /** Goes on from fewer updates of a parameter than steps were taken. */
    public void setUpdates(String parameter, long count) {
        if (count < 0 || count > steps) {
            throw new T5Exception(
                    "A parameter cannot have had " + count + " updates in " + steps + " steps: " + parameter);
        }
        updates.put(parameter, count);
    }

    /** Updates that a parameter had. */
    public long updates(String parameter) {
        return updates.getOrDefault(parameter, hasTensors(parameter) ? restored : 0);
    }

    private boolean hasTensors(String parameter) {
        String next = tensors.ceilingKey(parameter + ".");
        return next != null && parameterOf(next).equals(parameter);
    }

    private static String parameterOf(String tensor) {
        return tensor.substring(0, tensor.lastIndexOf('.'));
    }

    /** The parameters that had fewer updates than steps were taken, and how many. */
    public Map<String, Long> fewerUpdates() {
        Map<String, Long> fewer = new TreeMap<>();
        for (String tensor : tensors.keySet()) {
            long count = updates(parameterOf(tensor));
            if (count < steps) {
                fewer.put(parameterOf(tensor), count);
            }
        }
        return fewer;
    }

    /** Counts an update of a parameter, before its tensors are asked for, and returns its number, from 1. */
    long nextUpdate(String parameter) {
        long number = updates(parameter) + 1;
        updates.put(parameter, number);
        return number;
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
