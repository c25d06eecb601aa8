package org.t5j.core.checkpoint.t5x;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.TensorSource;

/**
 * A checkpoint of T5X in one msgpack file, its weights under Hugging Face's names and in its shapes. Opening it reads
 * names and shapes; values are read when asked for. It must stay open as long as its sources are used.
 *
 * <p>The file tells all of the model's shape but the activation and the special tokens, for which T5's are taken.
 */
public final class T5xCheckpoint implements AutoCloseable {
    private final ByteFile file;
    private final T5Config config;
    private final TensorSource weights;
    private final Map<String, ArrayView> states;
    private final long steps;

    private T5xCheckpoint(ByteFile file, Optional<FeedForwardType> feedForward) {
        this.file = file;
        Object tree = MsgPack.read(file);
        Map<String, NumpyArray> leaves = new TreeMap<>();
        flatten("", tree, leaves);
        Map<String, ArrayView> parameters = new TreeMap<>();
        Map<String, T5xName> names = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        under(leaves, "optimizer/target/").forEach((path, array) -> T5xName.of(path)
                .ifPresentOrElse(
                        name -> {
                            names.put(path, name);
                            parameters.put(name.name(), new ArrayView(name.name(), array, name.transposed()));
                        },
                        () -> unknown.add(path)));
        requireKnown(unknown);
        this.config = T5xShape.config(file.path(), parameters, feedForward);
        this.weights = new ArrayViews(file.path(), parameters);
        this.steps = steps(tree);
        this.states =
                AdafactorStates.views(file.path(), names, parameters, under(leaves, "optimizer/state/param_states/"));
    }

    /**
     * Opens a checkpoint.
     *
     * @param feedForward the kind of feed-forward layer; if empty, ReLU, or gated GELU where the layers are gated
     * @throws T5Exception where the file is damaged or holds another model than a T5
     */
    public static T5xCheckpoint open(Path file, Optional<FeedForwardType> feedForward) {
        ByteFile bytes = ByteFile.open(file);
        try {
            return new T5xCheckpoint(bytes, feedForward);
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private void flatten(String path, Object tree, Map<String, NumpyArray> leaves) {
        if (tree instanceof NumpyArray array) {
            leaves.put(path, array);
        } else if (tree instanceof Map<?, ?> map) {
            if ("zarr".equals(map.get("driver"))) {
                throw new T5Exception(file.path() + " keeps " + path + " beside it, as TensorStore does, which is not"
                        + " read; write the checkpoint in one file with flax.serialization.msgpack_serialize");
            }
            map.forEach((key, value) -> flatten(path.isEmpty() ? key.toString() : path + "/" + key, value, leaves));
        }
    }

    private long steps(Object tree) {
        Object value = tree;
        for (String key : new String[] {"optimizer", "state", "step"}) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        if (value instanceof NumpyArray array) {
            value = array.scalar();
        }
        if (value != null && !(value instanceof Long count && count >= 0)) {
            throw new T5Exception(file.path() + ": optimizer/state/step must be a number of steps, found " + value);
        }
        return value == null ? 0 : (Long) value;
    }

    private static Map<String, NumpyArray> under(Map<String, NumpyArray> leaves, String prefix) {
        return leaves.entrySet().stream()
                .filter(leaf -> leaf.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        leaf -> leaf.getKey().substring(prefix.length()),
                        Map.Entry::getValue,
                        (a, b) -> a,
                        TreeMap::new));
    }

    private void requireKnown(List<String> unknown) {
        if (!unknown.isEmpty()) {
            throw new T5Exception(file.path() + " holds " + unknown.size() + " parameters of no T5 that t5j knows, the"
                    + " first optimizer/target/" + unknown.get(0));
        }
    }

    /** The shape of the model. */
    public T5Config config() {
        return config;
    }

    /** The parameters. */
    public TensorSource weights() {
        return weights;
    }

    /** Updates made. */
    public long steps() {
        return steps;
    }

    /**
     * Adafactor's states under the names of t5j's optimizer: {@code NAME.exp_avg_sq}, or {@code NAME.exp_avg_sq_row} and
     * {@code NAME.exp_avg_sq_col}, and {@code NAME.exp_avg} where the run kept first moments. No names where the file has
     * none.
     */
    public TensorSource optimizerStates() {
        return new ArrayViews(file.path(), states);
    }

    @Override
    public void close() {
        file.close();
    }
}
