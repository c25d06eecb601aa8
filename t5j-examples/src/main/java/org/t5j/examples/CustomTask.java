package org.t5j.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.t5j.data.Example;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.setup.TrainConfig;

/** Fine-tunes a checkpoint on a task written in Java: to turn round the digits of a number. */
public final class CustomTask {
    private static final int NUMBERS = 2000;
    private static final int EVERY_TENTH_IS_HELD_OUT = 10;

    private CustomTask() {}

    /**
     * @param args a checkpoint with its vocabulary, a directory for the run, and settings such as {@code
     *     optim.totalSteps=200}
     */
    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("Usage: CustomTask CHECKPOINT DIRECTORY [KEY=VALUE ...]");
            System.exit(2);
        }
        TrainingResult result =
                run(Path.of(args[0]), Path.of(args[1]), List.of(args).subList(2, args.length));
        System.out.println(result.scores() + ", best checkpoint: " + result.best());
    }

    static Task reverse() {
        return Task.builder("reverse")
                .source(Task.TRAIN, numbers(false))
                .source(Task.VALIDATION, numbers(true))
                .prefix("reverse: ")
                .inputLength(16)
                .targetLength(16)
                .metric("accuracy")
                .build();
    }

    private static Source numbers(boolean heldOut) {
        return Source.of(IntStream.range(0, NUMBERS)
                .filter(n -> (n % EVERY_TENTH_IS_HELD_OUT == 0) == heldOut)
                .mapToObj(n -> Example.of(spaced(n, false), spaced(n, true)))
                .toList());
    }

    private static String spaced(int number, boolean reversed) {
        StringBuilder digits =
                new StringBuilder(String.join(" ", Integer.toString(number).split("")));
        return (reversed ? digits.reverse() : digits).toString();
    }

    static TrainingResult run(Path checkpoint, Path directory, List<String> settings) {
        TrainConfig config = TrainConfig.ofSettings(Settings.join(
                settings,
                "mode=FINETUNE",
                TrainConfig.setting("model.checkpoint", checkpoint),
                "optim.totalSteps=1000",
                "eval.everySteps=200"));
        return Training.of(config).tasks(reverse()).run(directory, true);
    }
}
