package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.T5Exception;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * Writes a model directory that transformers 4 and 5 load: {@code config.json}, {@code generation_config.json} and the
 * weights as float32, in shards above a size. The weights are streamed; they are never in the heap together.
 */
public final class CheckpointWriter {
    /** Hugging Face's limit for a file of weights in transformers 4: 5 GB. */
    public static final long DEFAULT_SHARD_BYTES = 5_000_000_000L;

    private CheckpointWriter() {}

    /**
     * Writes a directory that holds the model and nothing else; it appears at once, see {@link CheckpointDirectory#write}.
     *
     * @throws T5Exception where that fails; {@code directory} is then what it was
     */
    public static void save(Path directory, HfConfig config, ParameterSet parameters, Backend backend) {
        HfGenerationConfig generation = HfGenerationConfig.of(config.config());
        CheckpointDirectory.write(directory, files -> writeInto(files, config, generation, parameters, backend));
    }

    /** {@link #writeInto(Path, HfConfig, HfGenerationConfig, ParameterSet, Backend, long)} with the usual shards. */
    public static void writeInto(
            Path directory, HfConfig config, HfGenerationConfig generation, ParameterSet parameters, Backend backend) {
        writeInto(directory, config, generation, parameters, backend, DEFAULT_SHARD_BYTES);
    }

    /**
     * Puts the files of a model into an existing directory, usually one that {@link CheckpointDirectory#write} is filling.
     *
     * @param maxShardBytes size above which the weights are divided; a larger tensor has a file of its own
     * @throws T5Exception where a file cannot be written or the directory holds weights already
     */
    public static void writeInto(
            Path directory,
            HfConfig config,
            HfGenerationConfig generation,
            ParameterSet parameters,
            Backend backend,
            long maxShardBytes) {
        boolean tied = config.config().tieWordEmbeddings();
        if (tied == parameters.contains(CheckpointReader.LM_HEAD)) {
            throw new IllegalArgumentException("tie_word_embeddings is " + tied + " but the parameters "
                    + (tied ? "hold" : "lack") + " " + CheckpointReader.LM_HEAD);
        }
        for (String file : List.of(WeightFiles.SINGLE, WeightFiles.INDEX)) {
            if (Files.exists(directory.resolve(file))) {
                throw new T5Exception(directory + " already holds " + file + "; choose another directory");
            }
        }
        config.write(directory.resolve(HfConfig.FILE));
        generation.write(directory.resolve(HfGenerationConfig.FILE));
        List<List<Parameter>> shards = divide(parameters, maxShardBytes);
        if (shards.size() == 1) {
            writeShard(directory.resolve(WeightFiles.SINGLE), shards.get(0), backend);
        } else {
            writeShards(directory, shards, backend);
        }
    }

    private static List<List<Parameter>> divide(ParameterSet parameters, long maxBytes) {
        List<List<Parameter>> shards = new ArrayList<>(List.of(new ArrayList<>()));
        long filled = 0;
        for (Parameter parameter : parameters) {
            long bytes = bytes(parameter);
            if (filled > 0 && filled + bytes > maxBytes) {
                shards.add(new ArrayList<>());
                filled = 0;
            }
            shards.get(shards.size() - 1).add(parameter);
            filled += bytes;
        }
        return shards;
    }

    private static void writeShards(Path directory, List<List<Parameter>> shards, Backend backend) {
        Map<String, String> weightMap = new TreeMap<>();
        long total = 0;
        for (int i = 0; i < shards.size(); i++) {
            String file = String.format("model-%05d-of-%05d.safetensors", i + 1, shards.size());
            writeShard(directory.resolve(file), shards.get(i), backend);
            for (Parameter parameter : shards.get(i)) {
                weightMap.put(parameter.name(), file);
                total += bytes(parameter);
            }
        }
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.putObject("metadata").put("total_size", total);
        ObjectNode map = index.putObject("weight_map");
        weightMap.forEach(map::put);
        JsonObjectFile.write(directory.resolve(WeightFiles.INDEX), index);
    }

    private static void writeShard(Path file, List<Parameter> parameters, Backend backend) {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (Parameter parameter : parameters) {
            Tensor flat = parameter
                    .value()
                    .reshapeView(Math.toIntExact(parameter.value().length()));
            writer.add(
                    parameter.name(),
                    (from, target, count) -> backend.read(flat.rowsView((int) from, count), target, 0),
                    parameter.value().shape());
        }
        writer.write(file);
    }

    private static long bytes(Parameter parameter) {
        return Float.BYTES * parameter.value().length();
    }
}
