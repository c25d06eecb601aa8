package org.t5j.examples;

import java.nio.file.Path;
import java.util.List;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.setup.TrainConfig;

/** Fine-tunes a checkpoint on a task in two files of tab-separated inputs and targets. */
public final class FineTune {
    private FineTune() {}

    /**
     * @param args a checkpoint with its vocabulary, a TSV to train on, a TSV to evaluate on, a directory for the run, and
     *     settings such as {@code optim.totalSteps=200}
     */
    public static void main(String[] args) {
        if (args.length < 4) {
            System.err.println("Usage: FineTune CHECKPOINT TRAIN.tsv VALIDATION.tsv DIRECTORY [KEY=VALUE ...]");
            System.exit(2);
        }
        TrainingResult result = run(
                Path.of(args[0]),
                Path.of(args[1]),
                Path.of(args[2]),
                Path.of(args[3]),
                List.of(args).subList(4, args.length));
        System.out.println(result.scores() + ", best checkpoint: " + result.best());
    }

    static TrainingResult run(Path checkpoint, Path train, Path validation, Path directory, List<String> settings) {
        TrainConfig config = TrainConfig.ofSettings(Settings.join(
                settings,
                "mode=FINETUNE",
                TrainConfig.setting("model.checkpoint", checkpoint),
                "data.tasks=[{name: task, format: tsv, columns: [input, target], metrics: [accuracy]}]",
                TrainConfig.setting("data.tasks.0.train", train),
                TrainConfig.setting("data.tasks.0.validation", validation),
                "optim.totalSteps=1000",
                "eval.everySteps=200"));
        return Training.of(config).run(directory, true);
    }
}
