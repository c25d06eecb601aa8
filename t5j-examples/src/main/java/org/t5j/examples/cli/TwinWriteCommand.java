package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.examples.twin.TwinDirectory;
import org.t5j.train.run.ModelDirectory;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "write",
        description =
                "Writes what twins start from: the model that a run with these settings begins with, in Hugging Face's"
                        + " layout, and the batch of every update as a line of JSON. Prints the command line of the twin.")
final class TwinWriteCommand extends Subcommand {
    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Directory to make.")
    private Path output;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Settings of a training run in YAML or JSON; file names in it start from its directory.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting such as optim.totalSteps=100, which wins over --config; may be repeated.")
    private List<String> settings = List.of();

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "The vocabulary, a .model file: short for --set tokenizer.file=FILE.")
    private Path tokenizer;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        require(!Files.exists(output), "--output " + output + " exists already; name a directory to make");
        List<String> all = new ArrayList<>();
        if (tokenizer != null) {
            all.add(TrainConfig.setting("tokenizer.file", tokenizer));
        }
        all.addAll(settings);
        TrainConfig read = TrainConfig.load(config, all);
        Path checkpoint = read.model().checkpoint();
        TwinDirectory directory = new TwinDirectory(output);
        List<String> peer =
                directory.write(checkpoint == null ? read : read.startingFrom(ModelDirectory.of(checkpoint)));
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("model", directory.model().toString());
        facts.put("batches", directory.batches().toString());
        facts.put("steps", read.optim().totalSteps());
        facts.put("twin", String.join(" ", peer));
        Facts.print(out(), facts, json);
        return 0;
    }
}
