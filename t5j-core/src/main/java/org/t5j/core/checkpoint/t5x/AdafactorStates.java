package org.t5j.core.checkpoint.t5x;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.T5Exception;

/**
 * T5X's states of Adafactor under t5j's names. T5X keeps {@code m}, {@code v}, {@code v_row} and {@code v_col} for every
 * parameter, those not in use as one zero. Of a factored matrix {@code v_row} is the mean over the longer side (over
 * columns if both are equal) and {@code v_col} the mean over the other; t5j's {@code exp_avg_sq_row} has an element per row
 * of Hugging Face's weight.
 *
 * <p>Source: {@code t5x/adafactor.py}, {@code factored_dims} and {@code init_param_state}.
 */
final class AdafactorStates {
    private static final List<Long> UNUSED = List.of(1L);

    private final Path file;
    private final Map<String, ArrayView> views = new TreeMap<>();

    private AdafactorStates(Path file) {
        this.file = file;
    }

    /**
     * The states in use, by t5j's names.
     *
     * @param names of the parameters by their paths
     * @throws T5Exception where a state belongs to no parameter or has another shape than that tells
     */
    static Map<String, ArrayView> views(
            Path file, Map<String, T5xName> names, Map<String, ArrayView> parameters, Map<String, StoredArray> states) {
        AdafactorStates result = new AdafactorStates(file);
        states.forEach((path, state) -> {
            int slash = path.lastIndexOf('/');
            T5xName name = slash < 0 ? null : names.get(path.substring(0, slash));
            if (name == null) {
                throw new T5Exception(file + " holds the optimizer's state " + path + " of no parameter");
            }
            result.put(path.substring(slash + 1), state, parameters.get(name.name()));
        });
        return result.views;
    }

    private void put(String kind, StoredArray state, ArrayView parameter) {
        List<Long> shape = parameter.array().shape();
        if (state.shape().equals(UNUSED) && !shape.equals(UNUSED)) {
            return;
        }
        switch (kind) {
            case "m" -> add(parameter, ".exp_avg", state, shape, parameter.transposed());
            case "v" -> add(parameter, ".exp_avg_sq", state, shape, parameter.transposed());
            case "v_row", "v_col" -> addFactor(kind.equals("v_row"), state, parameter);
            default ->
                throw new T5Exception(file + " holds the state \"" + kind + "\" for " + parameter.name()
                        + ", which Adafactor does not have; leave the optimizer's states out");
        }
    }

    private void addFactor(boolean isRow, StoredArray state, ArrayView parameter) {
        List<Long> shape = parameter.array().shape();
        if (shape.size() != 2) {
            throw new T5Exception(file + " holds factored states for " + parameter.name() + " of shape " + shape);
        }
        boolean meanOverColumns = shape.get(1) >= shape.get(0);
        int side = isRow == meanOverColumns ? 0 : 1;
        int sideHere = parameter.transposed() ? 1 - side : side;
        String name = sideHere == 0 ? ".exp_avg_sq_row" : ".exp_avg_sq_col";
        add(parameter, name, state, List.of(shape.get(side)), false);
    }

    private void add(ArrayView parameter, String kind, StoredArray state, List<Long> expected, boolean transposed) {
        String name = parameter.name() + kind;
        if (!state.shape().equals(expected) || !state.dtype().readableAsFloat()) {
            throw new T5Exception(file + ": " + name + " has shape " + state.shape() + " and type " + state.dtype()
                    + ", expected " + expected + " of floating point");
        }
        views.put(name, new ArrayView(name, state, transposed));
    }
}
