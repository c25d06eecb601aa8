package org.t5j.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.t5j.data.source.SourceConfig;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pretrain",
        description = "Trains a model on plain text, by span corruption unless --config says other.")
final class PretrainCommand extends TrainingCommand {
    private static final Set<String> FORMATS = Set.of("jsonl", "parquet");

    @Option(
            names = "--train",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Text to train on, documents separated by blank lines, or .jsonl or .parquet with a field text:"
                            + " short for --set data.files=[...].")
    private List<Path> train = List.of();

    @Option(
            names = "--valid",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Text to evaluate on: short for --set data.validationFiles=[...].")
    private List<Path> valid = List.of();

    @Override
    TrainConfig.Mode mode() {
        return TrainConfig.Mode.PRETRAIN;
    }

    @Override
    List<String> shortcuts() {
        List<String> settings = new ArrayList<>();
        if (!train.isEmpty()) {
            settings.add(TrainConfig.setting("data.files", train));
            SourceConfig.formatOf(train.get(0).toString())
                    .filter(FORMATS::contains)
                    .ifPresent(format -> settings.add(TrainConfig.setting("data.format", format)));
        }
        if (!valid.isEmpty()) {
            settings.add(TrainConfig.setting("data.validationFiles", valid));
        }
        return settings;
    }
}
