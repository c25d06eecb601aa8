package org.t5j.train.average;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * An average of a model's weights that follows their training. It keeps a second copy of every parameter that was
 * trained since it began, and none of frozen ones, whose average they are themselves. Owns the copies, not the model.
 *
 * <p>To restore one, write saved values into {@link #tensor} of the same names.
 */
public final class WeightAverage implements AutoCloseable {
    private static final int CHUNK = 1 << 20;

    private final AverageConfig config;
    private final ParameterSet parameters;
    private final Kernels kernels;
    private final Map<String, Tensor> averages = new TreeMap<>();
    private Tensor scratch;

    /** An average that has not begun. */
    public WeightAverage(AverageConfig config, ParameterSet parameters, Kernels kernels) {
        this.config = config;
        this.parameters = parameters;
        this.kernels = kernels;
    }

    /** Before the update after {@code step} steps: what it may change gets a copy, which starts as the weights are. */
    public void prepare(long step) {
        if (config.hasBegun(step)) {
            for (Parameter parameter : parameters) {
                if (parameter.trainable() && !averages.containsKey(parameter.name())) {
                    kernels.copy(parameter.value(), tensor(parameter.name()));
                    takeScratch();
                }
            }
        }
    }

    /** Takes the weights in as they are after {@code step} steps. */
    public void follow(long step) {
        if (averages.isEmpty()) {
            return;
        }
        float kept = (float) (1 - config.share(step));
        if (kept < 1) {
            averages.forEach((name, average) -> {
                kernels.scaleInPlace(average, kept);
                kernels.addScaled(parameters.get(name).value(), 1 - kept, average);
            });
        }
    }

    /**
     * Exchanges the weights of the model and their average, bit by bit: called once, the model has the average; called
     * again, everything is as it was.
     */
    public void exchange() {
        if (!averages.isEmpty()) {
            takeScratch();
        }
        averages.forEach((name, average) -> {
            Tensor left = flat(parameters.get(name).value());
            Tensor right = flat(average);
            for (int from = 0; from < left.size(0); from += CHUNK) {
                int count = Math.min(CHUNK, left.size(0) - from);
                exchange(left.rowsView(from, count), right.rowsView(from, count));
            }
        });
    }

    private void takeScratch() {
        if (scratch == null) {
            long longest = parameters.stream()
                    .mapToLong(parameter -> parameter.value().length())
                    .max()
                    .orElse(0);
            scratch = kernels.backend().allocateTensor((int) Math.min(CHUNK, longest));
        }
    }

    private void exchange(Tensor left, Tensor right) {
        Tensor kept = scratch.rowsView(0, left.size(0));
        kernels.copy(left, kept);
        kernels.copy(right, left);
        kernels.copy(kept, right);
    }

    private static Tensor flat(Tensor tensor) {
        return tensor.reshapeView(Math.toIntExact(tensor.length()));
    }

    /** The average of a parameter, made where there is none. */
    public Tensor tensor(String parameter) {
        return averages.computeIfAbsent(parameter, name -> kernels.backend()
                .allocateTensor(parameters.get(name).value().shape()));
    }

    /** The averages by the names of their parameters; of the others, the weights themselves are the average. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(averages);
    }

    @Override
    public void close() {
        averages.values().forEach(average -> kernels.backend().free(average.storage()));
        averages.clear();
        if (scratch != null) {
            kernels.backend().free(scratch.storage());
            scratch = null;
        }
    }
}
