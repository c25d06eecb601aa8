package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.t5j.core.T5Exception;

/**
 * The weights of a model directory as one collection of named tensors: {@code model.safetensors}, or the shards that
 * {@code model.safetensors.index.json} lists. Immutable and thread-safe.
 */
public final class WeightFiles implements TensorSource {
    /** The file of a model in one piece. */
    public static final String SINGLE = "model.safetensors";
    /** The file that says which shard holds which tensor. */
    public static final String INDEX = "model.safetensors.index.json";

    private static final int CHUNK = 1 << 16;

    private final Path directory;
    private final Map<String, SafetensorsReader> readers;

    private WeightFiles(Path directory, Map<String, SafetensorsReader> readers) {
        this.directory = directory;
        this.readers = Collections.unmodifiableMap(readers);
    }

    /**
     * Opens the weights of a directory.
     *
     * @throws T5Exception where there are none, a file is malformed, or index and shards disagree
     */
    public static WeightFiles open(Path directory) {
        if (Files.exists(directory.resolve(SINGLE))) {
            SafetensorsReader reader = SafetensorsReader.open(directory.resolve(SINGLE));
            Map<String, SafetensorsReader> readers = new TreeMap<>();
            reader.names().forEach(name -> readers.put(name, reader));
            return new WeightFiles(directory, readers);
        }
        if (Files.exists(directory.resolve(INDEX))) {
            return openShards(directory);
        }
        String remedy = Files.exists(directory.resolve("pytorch_model.bin"))
                ? "; convert pytorch_model.bin with AutoModelForSeq2SeqLM.from_pretrained(dir)"
                        + ".save_pretrained(dir, safe_serialization=True) of transformers"
                : "; name the directory of a model";
        throw new T5Exception(directory + " holds neither " + SINGLE + " nor " + INDEX + remedy);
    }

    private static WeightFiles openShards(Path directory) {
        JsonObjectFile index = JsonObjectFile.read(directory.resolve(INDEX));
        Map<String, SafetensorsReader> shards = new HashMap<>();
        Map<String, SafetensorsReader> readers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : index.object("weight_map").properties()) {
            String shard = entry.getValue().asText();
            if (!shard.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new T5Exception(index.file() + ": tensor \"" + entry.getKey()
                        + "\" must be in a file of the same directory, found \"" + shard + "\"");
            }
            SafetensorsReader reader =
                    shards.computeIfAbsent(shard, name -> SafetensorsReader.open(directory.resolve(name)));
            reader.entry(entry.getKey());
            readers.put(entry.getKey(), reader);
        }
        for (SafetensorsReader reader : shards.values()) {
            for (String name : reader.names()) {
                if (readers.get(name) != reader) {
                    throw new T5Exception(
                            reader.file() + " holds tensor \"" + name + "\", which " + INDEX + " does not place there");
                }
            }
        }
        return new WeightFiles(directory, readers);
    }

    /** The model directory. */
    public Path directory() {
        return directory;
    }

    /** The names of all tensors, sorted. */
    @Override
    public Set<String> names() {
        return readers.keySet();
    }

    /** Whether one of the files has a tensor of that name. */
    public boolean contains(String name) {
        return readers.containsKey(name);
    }

    /**
     * The file that holds a tensor.
     *
     * @throws T5Exception where none does
     */
    public SafetensorsReader reader(String name) {
        SafetensorsReader reader = readers.get(name);
        if (reader == null) {
            throw new T5Exception(directory + " holds no tensor \"" + name + "\"");
        }
        return reader;
    }

    @Override
    public TensorEntry entry(String name) {
        return reader(name).entry(name);
    }

    @Override
    public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
        reader(name).readFloats(name, from, target, targetOffset, count);
    }

    /** Whether two tensors have the same shape and the same values. */
    public boolean sameValues(String first, String second) {
        TensorEntry entry = entry(first);
        if (!entry.shape().equals(entry(second).shape())) {
            return false;
        }
        float[] a = new float[CHUNK];
        float[] b = new float[CHUNK];
        for (long from = 0; from < entry.elements(); from += CHUNK) {
            int count = (int) Math.min(CHUNK, entry.elements() - from);
            readFloats(first, from, a, 0, count);
            readFloats(second, from, b, 0, count);
            if (!Arrays.equals(a, 0, count, b, 0, count)) {
                return false;
            }
        }
        return true;
    }
}
