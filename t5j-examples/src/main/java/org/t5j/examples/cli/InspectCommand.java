package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.t5j.core.checkpoint.CheckpointReader;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.checkpoint.TensorEntry;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.checkpoint.WeightFiles;
import org.t5j.train.run.ModelDirectory;
import org.t5j.train.run.VocabularyFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description =
                "Shows what a model directory, the best checkpoint of a training run or a safetensors file holds, and a"
                        + " table of its tensors: type, shape, L2 norm and largest magnitude of the finite values, and"
                        + " how many values are NaN or infinite.")
final class InspectCommand extends Subcommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "training/state.json";

    @Parameters(paramLabel = "PATH", description = "A model directory, a run directory or a .safetensors file.")
    private Path path;

    @Option(
            names = "--tensors",
            description = "Print the table alone, its columns separated by tabs; with --json, add it to the object.")
    private boolean listTensors;

    @Option(
            names = "--headers-only",
            description = "Read no values, which takes its time with large models: no norms, no counts.")
    private boolean headersOnly;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        boolean isFile = Files.isRegularFile(path);
        Path directory = isFile ? null : ModelDirectory.of(path);
        TensorSource weights = isFile ? SafetensorsReader.open(path) : WeightFiles.open(directory);
        TensorTable table = TensorTable.of(weights, !headersOnly);
        if (listTensors && !json) {
            table.printTabbed(out());
            return 0;
        }
        Facts.print(out(), facts(directory, table), json);
        if (!json) {
            out().println();
            table.print(out());
        }
        return 0;
    }

    private ObjectNode facts(Path directory, TensorTable table) throws IOException {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("path", (directory == null ? path : directory).toString());
        if (directory != null) {
            model(directory, facts);
        } else {
            SafetensorsReader.open(path).metadata().forEach((key, value) -> facts.put("metadata." + key, value));
        }
        weights(table.entries(), facts);
        if (!headersOnly) {
            TensorTable.putStatistics(facts, table.total());
        }
        if (directory != null) {
            facts.put("tokenizer", VocabularyFiles.describe(directory));
            trainingState(directory, facts);
        }
        if (listTensors) {
            facts.set("tensors", table.toJson());
        }
        return facts;
    }

    private static void model(Path directory, ObjectNode facts) throws IOException {
        var config = CheckpointReader.resolveConfig(directory);
        JsonNode file = JSON.readTree(directory.resolve(HfConfig.FILE).toFile());
        facts.put("model_type", file.path("model_type").asText("t5"));
        facts.put("architecture", config.architecture().name());
        facts.put("relative_bias_per_layer", config.relativeBiasPerLayer());
        facts.put("parameters", config.parameterCount());
        facts.put("vocab_size", config.vocabSize());
        facts.put("d_model", config.dModel());
        facts.put("d_kv", config.dKv());
        facts.put("d_ff", config.dFf());
        facts.put("num_layers", config.numLayers());
        facts.put("num_decoder_layers", config.numDecoderLayers());
        facts.put("num_heads", config.numHeads());
        facts.put("feed_forward_proj", config.feedForwardType().hfName());
        facts.put("tie_word_embeddings", config.tieWordEmbeddings());
        facts.put("relative_attention_num_buckets", config.relativeAttentionNumBuckets());
        facts.put("relative_attention_max_distance", config.relativeAttentionMaxDistance());
        facts.put("dropout_rate", Double.parseDouble(Float.toString(config.dropoutRate())));
        facts.put("layer_norm_epsilon", Double.parseDouble(Float.toString(config.layerNormEpsilon())));
    }

    private static void weights(List<TensorEntry> tensors, ObjectNode facts) {
        TreeSet<String> types = new TreeSet<>();
        tensors.forEach(tensor -> types.add(tensor.dtype().name()));
        facts.put("tensors_stored", tensors.size());
        facts.put(
                "values_stored",
                tensors.stream().mapToLong(TensorEntry::elements).sum());
        facts.put("bytes_stored", tensors.stream().mapToLong(TensorEntry::bytes).sum());
        facts.put("dtype", String.join(", ", types));
    }

    private static void trainingState(Path directory, ObjectNode facts) throws IOException {
        Path file = directory.resolve(STATE);
        if (Files.exists(file)) {
            for (Map.Entry<String, JsonNode> entry :
                    JSON.readTree(file.toFile()).properties()) {
                facts.set("training." + entry.getKey(), entry.getValue());
            }
        }
    }
}
