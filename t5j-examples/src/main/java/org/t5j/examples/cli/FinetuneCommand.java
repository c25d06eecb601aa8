package org.t5j.examples.cli;

import java.util.List;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "finetune", description = "Trains a model on tasks: those of --config, or one given by options.")
final class FinetuneCommand extends TrainingCommand {
    @Mixin
    private TaskOptions task;

    @Override
    TrainConfig.Mode mode() {
        return TrainConfig.Mode.FINETUNE;
    }

    @Override
    List<String> shortcuts() {
        return task.settings();
    }
}
