package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What pre-training and fine-tuning have in common on the command line. */
abstract class TrainingCommand extends Subcommand {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The run directory: configuration, log and checkpoints.")
    private Path output;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML or JSON; file names in it start from its directory.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting such as optim.totalSteps=1000, which wins over --config; may be repeated.")
    private List<String> settings = List.of();

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "The vocabulary, a .model file: short for --set tokenizer.file=FILE.")
    private Path tokenizer;

    @Option(
            names = "--init",
            paramLabel = "DIR",
            description = "The model to start from, or a run directory, whose best checkpoint is taken: short for --set"
                    + " model.checkpoint=DIR. Without it the weights are new.")
    private Path init;

    @Option(
            names = "--resume",
            description = "Go on from the newest checkpoint in --output, with the run's own settings where there is no"
                    + " --config.")
    private boolean resume;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Mixin
    private Threads threads;

    /** The mode that this command stands for. */
    abstract TrainConfig.Mode mode();

    /** The settings that the command's own options are short for. */
    abstract List<String> shortcuts();

    @Override
    public final Integer call() {
        threads.apply(this);
        List<String> all = new ArrayList<>();
        all.add(TrainConfig.setting("mode", mode()));
        if (tokenizer != null) {
            all.add(TrainConfig.setting("tokenizer.file", tokenizer));
        }
        if (init != null) {
            all.add(TrainConfig.setting("model.checkpoint", init));
        }
        all.addAll(shortcuts());
        all.addAll(settings);
        print(training(all).run(output, resume));
        return 0;
    }

    private Training training(List<String> all) {
        if (config != null) {
            return Training.of(TrainConfig.load(config, all));
        }
        return resume ? Training.ofRun(output, all) : Training.of(TrainConfig.ofSettings(all));
    }

    private void print(TrainingResult result) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("steps", result.state().step());
        facts.put("seconds", Math.round(result.state().seconds()));
        facts.put("last_checkpoint", result.last().toString());
        facts.put("best_checkpoint", result.best().toString());
        result.scores().forEach(facts::put);
        Facts.print(out(), facts, json);
    }
}
