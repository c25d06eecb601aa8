package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.HfGenerationConfig;
import org.t5j.core.checkpoint.ParameterSource;
import org.t5j.core.checkpoint.WriteOptions;
import org.t5j.core.decode.Averaging;
import org.t5j.train.average.AveragedModel;
import org.t5j.train.huggingface.HuggingFaceFiles;
import org.t5j.train.run.ModelDirectories;
import org.t5j.train.run.ModelDirectory;
import org.t5j.train.run.RunDirectory;
import org.t5j.train.run.VocabularyFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "average",
        description = "Writes the mean of the weights of several checkpoints as a model of its own.",
        footer = {
            "",
            "The vocabulary is that of the first. Averages that follow training: the section average of a configuration."
        })
final class AverageCommand extends Subcommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "CHECKPOINT",
            description = "Model directories of the same shape; a run directory stands for its best checkpoint, or with"
                    + " --last for its newest ones.")
    private List<Path> checkpoints;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Directory to make.")
    private Path output;

    @Option(names = "--last", paramLabel = "N", description = "Take the newest N checkpoints of every run directory.")
    private Integer last;

    @Option(
            names = "--weights",
            split = ",",
            paramLabel = "W",
            description = "How much each checkpoint counts, with commas between; divided by their sum. By default all"
                    + " the same.")
    private List<Double> weights;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        require(!Files.exists(output), "--output " + output + " exists already; name a directory to make");
        require(last == null || last >= 1, "--last must be at least 1, found " + last);
        List<Path> directories = new ArrayList<>();
        checkpoints.forEach(path -> directories.addAll(directories(path)));
        List<Double> shares = weights == null ? Collections.nCopies(directories.size(), 1.0) : weights;
        require(
                shares.size() == directories.size(),
                "--weights has " + shares.size() + " numbers for " + directories.size() + " checkpoints");
        require(
                shares.stream().allMatch(share -> share > 0 && Double.isFinite(share)),
                "--weights must be positive numbers, found " + weights);
        write(directories, shares);
        return 0;
    }

    private List<Path> directories(Path path) {
        RunDirectory run = RunDirectory.of(path);
        List<Long> steps = last == null ? List.of() : run.steps();
        if (steps.isEmpty()) {
            return List.of(ModelDirectory.of(path));
        }
        require(last <= steps.size(), path + " has " + steps.size() + " checkpoints, fewer than --last " + last);
        return steps.subList(steps.size() - last, steps.size()).stream()
                .map(run::checkpoint)
                .toList();
    }

    /** Weights of models with other vocabularies have no common meaning; a model without one is taken at its word. */
    private static void requireOneVocabulary(List<Path> directories) {
        List<Path> known = directories.stream()
                .filter(directory -> VocabularyFiles.tokensIn(directory).isPresent())
                .toList();
        if (!known.isEmpty()) {
            new ModelDirectories(known, Averaging.LOGITS).tokenizer();
        }
    }

    private void write(List<Path> directories, List<Double> shares) {
        requireOneVocabulary(directories);
        Path first = directories.get(0);
        try (T5Model model = AveragedModel.of(directories, shares)) {
            CheckpointDirectory.write(output, files -> {
                CheckpointWriter.writeInto(
                        files,
                        model.hfConfig(),
                        HfGenerationConfig.readFrom(first, model.config()),
                        new ParameterSource(model.parameters(), model.backend()),
                        WriteOptions.DEFAULT);
                HuggingFaceFiles.copy(first, files);
            });
        }
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("path", output.toString());
        ArrayNode averaged = facts.putArray("averaged");
        directories.forEach(directory -> averaged.add(directory.toString()));
        Facts.print(out(), facts, json);
    }
}
