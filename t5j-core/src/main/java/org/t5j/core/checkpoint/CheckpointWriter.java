package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.Architecture;
import org.t5j.core.T5Exception;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.ParameterSet;

/**
 * Writes a model directory that transformers 4 and 5 load: {@code config.json}, {@code generation_config.json} and the
 * weights, in shards above a size. The weights are streamed; they are never in the heap together.
 */
public final class CheckpointWriter {
    private CheckpointWriter() {}

    /** {@link #save(Path, HfConfig, TensorSource, WriteOptions)} of parameters as they are. */
    public static void save(Path directory, HfConfig config, ParameterSet parameters, Backend backend) {
        save(directory, config, new ParameterSource(parameters, backend), WriteOptions.DEFAULT);
    }

    /**
     * Writes a directory that holds the model and nothing else; it appears at once, see {@link CheckpointDirectory#write}.
     *
     * @throws T5Exception where that fails; {@code directory} is then what it was
     */
    public static void save(Path directory, HfConfig config, TensorSource weights, WriteOptions options) {
        HfGenerationConfig generation = HfGenerationConfig.of(config.config());
        CheckpointDirectory.write(directory, files -> writeInto(files, config, generation, weights, options));
    }

    /** {@link #writeInto(Path, HfConfig, HfGenerationConfig, TensorSource, WriteOptions)} of parameters as they are. */
    public static void writeInto(
            Path directory, HfConfig config, HfGenerationConfig generation, ParameterSet parameters, Backend backend) {
        writeInto(directory, config, generation, new ParameterSource(parameters, backend), WriteOptions.DEFAULT);
    }

    /**
     * Puts the files of a model into an existing directory, usually one that {@link CheckpointDirectory#write} is filling.
     *
     * @param weights the tensors under Hugging Face's names, each once; those that encoder and decoder share are written
     *     under both of their names
     * @throws T5Exception where a file cannot be written, the directory holds weights already, or a value is too large
     *     for the type that it is to be written as
     */
    public static void writeInto(
            Path directory,
            HfConfig config,
            HfGenerationConfig generation,
            TensorSource weights,
            WriteOptions options) {
        if (config.config().architecture() == Architecture.SHARED) {
            writeFiles(directory, config, generation, SharedStacks.twice(weights), options);
        } else {
            writeFiles(directory, config, generation, weights, options);
        }
    }

    private static void writeFiles(
            Path directory,
            HfConfig config,
            HfGenerationConfig generation,
            TensorSource weights,
            WriteOptions options) {
        boolean tied = config.config().tieWordEmbeddings();
        if (tied == weights.names().contains(CheckpointReader.LM_HEAD)) {
            throw new IllegalArgumentException("tie_word_embeddings is " + tied + " but the parameters "
                    + (tied ? "hold" : "lack") + " " + CheckpointReader.LM_HEAD);
        }
        for (String file : List.of(WeightFiles.SINGLE, WeightFiles.INDEX)) {
            if (Files.exists(directory.resolve(file))) {
                throw new T5Exception(directory + " already holds " + file + "; choose another directory");
            }
        }
        config.write(directory.resolve(HfConfig.FILE), options.dtype());
        generation.write(directory.resolve(HfGenerationConfig.FILE));
        List<List<TensorEntry>> shards = divide(weights, options);
        if (shards.size() == 1) {
            writeShard(directory.resolve(WeightFiles.SINGLE), shards.get(0), weights, options);
        } else {
            writeShards(directory, shards, weights, options);
        }
    }

    private static List<List<TensorEntry>> divide(TensorSource weights, WriteOptions options) {
        List<List<TensorEntry>> shards = new ArrayList<>(List.of(new ArrayList<>()));
        long filled = 0;
        for (String name : weights.names()) {
            TensorEntry entry = weights.entry(name);
            long bytes = options.bytes(entry.elements());
            if (filled > 0 && filled + bytes > options.maxShardBytes()) {
                shards.add(new ArrayList<>());
                filled = 0;
            }
            shards.get(shards.size() - 1).add(entry);
            filled += bytes;
        }
        return shards;
    }

    private static void writeShards(
            Path directory, List<List<TensorEntry>> shards, TensorSource weights, WriteOptions options) {
        Map<String, String> weightMap = new TreeMap<>();
        long total = 0;
        for (int i = 0; i < shards.size(); i++) {
            String file = String.format("model-%05d-of-%05d.safetensors", i + 1, shards.size());
            writeShard(directory.resolve(file), shards.get(i), weights, options);
            for (TensorEntry entry : shards.get(i)) {
                weightMap.put(entry.name(), file);
                total += options.bytes(entry.elements());
            }
        }
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.putObject("metadata").put("total_size", total);
        ObjectNode map = index.putObject("weight_map");
        weightMap.forEach(map::put);
        JsonObjectFile.write(directory.resolve(WeightFiles.INDEX), index);
    }

    private static void writeShard(Path file, List<TensorEntry> entries, TensorSource weights, WriteOptions options) {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (TensorEntry entry : entries) {
            int[] shape = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
            writer.add(
                    entry.name(),
                    options.dtype(),
                    (from, target, count) -> weights.readFloats(entry.name(), from, target, 0, count),
                    shape);
        }
        writer.write(file);
    }
}
