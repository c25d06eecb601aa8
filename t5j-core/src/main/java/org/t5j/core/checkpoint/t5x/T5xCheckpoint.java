package org.t5j.core.checkpoint.t5x;

import java.nio.file.Files;
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
 * A checkpoint of T5X, its weights under Hugging Face's names and in its shapes: a msgpack file that holds the arrays, or says
 * in which directories beside it TensorStore keeps them. Opening it reads names and shapes; values are read when asked for. It
 * must stay open as long as its sources are used.
 *
 * <p>The file tells all of the model's shape but the activation and the special tokens, for which T5's are taken.
 */
public final class T5xCheckpoint implements AutoCloseable {
    private static final String FILE = "checkpoint";
    private static final String STEP = "optimizer/state/step";

    private final ByteFile file;
    private final T5Config config;
    private final TensorSource weights;
    private final Map<String, ArrayView> states;
    private final long steps;

    private T5xCheckpoint(ByteFile file, Optional<FeedForwardType> feedForward) {
        this.file = file;
        Object tree = MsgPack.read(file);
        Map<String, StoredArray> leaves = new TreeMap<>();
        flatten("", tree, leaves);
        Map<String, ArrayView> parameters = new TreeMap<>();
        Map<String, T5xName> names = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        under(leaves, "optimizer/target/").forEach((path, array) -> T5xName.of(path)
                .ifPresentOrElse(
                        name -> {
                            names.put(path, name);
                            requireOnce(
                                    path,
                                    parameters.put(name.name(), new ArrayView(name.name(), array, name.transposed())));
                        },
                        () -> unknown.add(path)));
        requireKnown(unknown);
        this.config = T5xShape.config(file.path(), parameters, feedForward);
        this.weights = new ArrayViews(file.path(), parameters);
        this.steps = steps(tree, leaves);
        this.states =
                AdafactorStates.views(file.path(), names, parameters, under(leaves, "optimizer/state/param_states/"));
    }

    /**
     * Whether {@code path} may be a checkpoint of T5X: a file, or a directory with one of the name that T5X gives it,
     * unless that is a model of Hugging Face's.
     */
    public static boolean mayBeAt(Path path) {
        return Files.isRegularFile(path)
                || Files.isRegularFile(path.resolve(FILE)) && !Files.exists(path.resolve("config.json"));
    }

    /**
     * Opens a checkpoint.
     *
     * @param path the msgpack file, or the directory it is in
     * @param feedForward the kind of feed-forward layer; if empty, ReLU, or gated GELU where the layers are gated
     * @throws T5Exception where the file is damaged or holds another model than a T5
     */
    public static T5xCheckpoint open(Path path, Optional<FeedForwardType> feedForward) {
        ByteFile bytes = ByteFile.open(Files.isDirectory(path) ? path.resolve(FILE) : path);
        try {
            return new T5xCheckpoint(bytes, feedForward);
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private void flatten(String path, Object tree, Map<String, StoredArray> leaves) {
        if (tree instanceof StoredArray array) {
            leaves.put(path, array);
        } else if (tree instanceof Map<?, ?> map) {
            if (map.get("driver") instanceof String) {
                leaves.put(path, tensorStore(path, map));
                return;
            }
            map.forEach((key, value) -> flatten(path.isEmpty() ? key.toString() : path + "/" + key, value, leaves));
        }
    }

    /** An array that stands in a directory beside the file. */
    private StoredArray tensorStore(String path, Map<?, ?> specification) {
        Object place = specification.get("kvstore") instanceof Map<?, ?> store ? store.get("path") : null;
        Path relative = place instanceof String name && name.indexOf('\0') < 0
                ? Path.of(name).normalize()
                : null;
        if (!"zarr".equals(specification.get("driver"))
                || relative == null
                || relative.isAbsolute()
                || relative.startsWith("..")) {
            throw new T5Exception(file.path() + " keeps " + path + " in TensorStore's driver "
                    + specification.get("driver") + " at " + place
                    + "; arrays are read that the driver zarr keeps in directories beside the file");
        }
        Path directory = file.path().resolveSibling(relative);
        return new ZarrArray(
                directory, ZarrMetadata.of(directory, specification.get("metadata"), specification.get("dtype")));
    }

    private long steps(Object tree, Map<String, StoredArray> leaves) {
        Object value = tree;
        for (String key : new String[] {"optimizer", "state", "step"}) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        value = leaves.containsKey(STEP) ? leaves.get(STEP) : value;
        if (value instanceof StoredArray array) {
            value = array.scalar();
        }
        if (value != null && !(value instanceof Long count && count >= 0)) {
            throw new T5Exception(file.path() + ": optimizer/state/step must be a number of steps, found " + value);
        }
        return value == null ? 0 : (Long) value;
    }

    private static Map<String, StoredArray> under(Map<String, StoredArray> leaves, String prefix) {
        return leaves.entrySet().stream()
                .filter(leaf -> leaf.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        leaf -> leaf.getKey().substring(prefix.length()),
                        Map.Entry::getValue,
                        (a, b) -> a,
                        TreeMap::new));
    }

    private void requireOnce(String path, ArrayView before) {
        if (before != null) {
            throw new T5Exception(file.path() + " holds " + before.name() + " twice, a second time as " + path);
        }
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
