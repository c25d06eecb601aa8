package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.VocabularyResize;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.Dtype;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.checkpoint.HfGenerationConfig;
import org.t5j.core.checkpoint.ParameterSource;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.checkpoint.WriteOptions;
import org.t5j.core.checkpoint.t5x.T5xCheckpoint;
import org.t5j.train.huggingface.HuggingFaceFiles;
import org.t5j.train.run.ModelDirectory;
import org.t5j.train.run.OptimizerFile;
import org.t5j.train.run.VocabularyFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "convert",
        description =
                "Writes a model directory that t5j and Hugging Face's transformers load, from another one or from a"
                        + " T5X checkpoint: with other types, in shards, or with a table for another vocabulary.",
        footer = {
            "",
            "The files of a vocabulary are copied; a T5X checkpoint has none. It does not tell its activation either: see"
                    + " --feed-forward."
        })
final class ConvertCommand extends Subcommand {
    private static final OptionNames NAMES = new OptionNames(
            Map.of("dtype", "--dtype", "maxShardBytes", "--shard-bytes", "feed_forward_proj", "--feed-forward"));

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "PATH",
            description = "A model directory, a run directory, whose best checkpoint is taken, or a T5X checkpoint: its"
                    + " directory or msgpack file.")
    private Path checkpoint;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Directory to make.")
    private Path output;

    @Option(
            names = "--dtype",
            defaultValue = "F32",
            paramLabel = "TYPE",
            description = "Type of the weights: F32, F16 or BF16, rounded to the nearest.")
    private String dtype;

    @Option(
            names = "--shard-bytes",
            defaultValue = "" + WriteOptions.DEFAULT_SHARD_BYTES,
            paramLabel = "N",
            description = "Size above which the weights are divided into several files.")
    private long shardBytes;

    @Option(
            names = "--vocab-size",
            paramLabel = "N",
            description =
                    "Give the embedding table and the output layer rows for N tokens, to the next multiple of 128."
                            + " New rows have the values of a new model.")
    private Integer vocabSize;

    @Option(names = "--drop-rows", description = "Allow --vocab-size to take rows away.")
    private boolean dropRows;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Seed of the values of new rows.")
    private long seed;

    @Option(
            names = "--feed-forward",
            paramLabel = "NAME",
            description =
                    "Activation of a T5X checkpoint as config.json names it, e.g. gated-silu; if not given relu, or"
                            + " gated-gelu where the layers have gates.")
    private String feedForward;

    @Option(
            names = "--optimizer-states",
            description = "Write Adafactor's states of a T5X checkpoint to training/optimizer.safetensors.")
    private boolean optimizerStates;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private WriteOptions options;

    @Override
    public Integer call() throws IOException {
        options = made(NAMES, () -> new WriteOptions(writtenType(), shardBytes));
        Optional<FeedForwardType> type =
                Optional.ofNullable(feedForward).map(name -> made(NAMES, () -> FeedForwardType.ofHfName(name)));
        require(!Files.exists(output), "--output " + output + " exists already; name a directory to make");
        require(vocabSize == null || vocabSize >= 1, "--vocab-size must be at least 1, found " + vocabSize);
        require(
                vocabSize == null || !optimizerStates,
                "--optimizer-states do not fit a model whose --vocab-size changes; leave one out");
        if (T5xCheckpoint.mayBeAt(checkpoint)) {
            convertT5x(type);
        } else {
            require(
                    type.isEmpty() && !optimizerStates,
                    "--feed-forward and --optimizer-states are for T5X checkpoints");
            convertDirectory(ModelDirectory.of(checkpoint));
        }
        return 0;
    }

    private Dtype writtenType() {
        return Arrays.stream(Dtype.values())
                .filter(type -> type.readableAsFloat() && type.name().equalsIgnoreCase(dtype))
                .findFirst()
                .orElseThrow(() -> new T5Exception("dtype must be F32, F16 or BF16, found " + dtype));
    }

    private void convertDirectory(Path directory) {
        try (T5Model model = T5Model.load(directory)) {
            requireRows(model.config(), VocabularyFiles.tokensIn(directory));
            write(
                    model.hfConfig(),
                    HfGenerationConfig.readFrom(directory, model.config()),
                    new ParameterSource(model.parameters(), model.backend()),
                    files -> HuggingFaceFiles.copy(directory, files));
        }
    }

    private void convertT5x(Optional<FeedForwardType> type) {
        try (T5xCheckpoint t5x = T5xCheckpoint.open(checkpoint, type)) {
            requireRows(t5x.config(), Optional.empty());
            require(
                    !optimizerStates || !t5x.optimizerStates().names().isEmpty(),
                    checkpoint + " holds no optimizer's states; leave --optimizer-states out");
            write(HfConfig.of(t5x.config()), HfGenerationConfig.of(t5x.config()), t5x.weights(), files -> {
                if (optimizerStates) {
                    OptimizerFile.write(files, t5x.optimizerStates(), t5x.steps());
                }
            });
        }
    }

    private void requireRows(T5Config config, Optional<Integer> tokens) {
        if (vocabSize == null) {
            return;
        }
        require(
                tokens.isEmpty() || vocabSize >= tokens.get(),
                "--vocab-size " + vocabSize + " is less than the " + tokens.orElse(0)
                        + " tokens of the vocabulary beside the model; put the smaller vocabulary there first, or take"
                        + " this one away");
        int rows = VocabularyResize.rowsFor(vocabSize);
        require(
                dropRows || rows >= config.vocabSize(),
                "--vocab-size " + vocabSize + " means " + rows + " rows, but the table has " + config.vocabSize()
                        + "; to lose the last ones, give --drop-rows");
    }

    private void write(
            HfConfig config, HfGenerationConfig generation, TensorSource weights, CheckpointDirectory.Filler others) {
        HfConfig written = config;
        TensorSource source = weights;
        if (vocabSize != null) {
            VocabularyResize resized =
                    new VocabularyResize(weights, config.config(), VocabularyResize.rowsFor(vocabSize), seed);
            written = config.withConfig(resized.config());
            source = resized;
        }
        HfConfig finalConfig = written;
        TensorSource finalSource = source;
        CheckpointDirectory.write(output, files -> {
            CheckpointWriter.writeInto(files, finalConfig, generation, finalSource, options);
            others.fill(files);
        });
        report(finalConfig.config(), finalSource);
    }

    private void report(T5Config config, TensorSource weights) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("path", output.toString());
        facts.put(
                "parameters",
                weights.names().stream()
                        .mapToLong(name -> weights.entry(name).elements())
                        .sum());
        facts.put("vocab_size", config.vocabSize());
        facts.put("feed_forward_proj", config.feedForwardType().hfName());
        facts.put("tie_word_embeddings", config.tieWordEmbeddings());
        facts.put("dtype", options.dtype().name());
        Facts.print(out(), facts, json);
    }
}
