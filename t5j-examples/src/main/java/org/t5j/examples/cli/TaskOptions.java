package org.t5j.examples.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.t5j.core.NearestName;
import org.t5j.data.metric.Metrics;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that describe one task in files of pairs, short for {@code --set data.tasks=[...]}. */
final class TaskOptions {
    private static final List<String> OF_A_TASK = List.of(
            "--task",
            "--columns",
            "--input-column",
            "--target-column",
            "--prefix",
            "--input-length",
            "--target-length",
            "--metric");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--train",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Examples to train on: TSV with a column each, or .csv, .jsonl, .parquet; may end in .gz or .zst.")
    private List<Path> train = List.of();

    @Option(names = "--valid", arity = "1..*", paramLabel = "FILE", description = "Examples to evaluate on.")
    private List<Path> valid = List.of();

    @Option(names = "--test", arity = "1..*", paramLabel = "FILE", description = "Examples for the last evaluation.")
    private List<Path> test = List.of();

    @Option(names = "--task", paramLabel = "NAME", description = "Name of the task.", defaultValue = "task")
    private String name;

    @Mixin
    private PairColumns columns;

    @Option(
            names = "--input-length",
            paramLabel = "N",
            description = "Tokens of an input at most; longer ones are cut.",
            defaultValue = "512")
    private int inputLength;

    @Option(
            names = "--target-length",
            paramLabel = "N",
            description = "Tokens of a target at most, in training and evaluation.",
            defaultValue = "128")
    private int targetLength;

    @Option(
            names = "--metric",
            split = ",",
            paramLabel = "NAME",
            description = "Metrics, separated by commas; the first chooses the best checkpoint.",
            defaultValue = "accuracy")
    private List<String> metrics;

    /** The setting, or nothing where no file was given. */
    List<String> settings() {
        List<Path> files = Stream.of(train, valid, test).flatMap(List::stream).toList();
        if (files.isEmpty()) {
            requireNoneOfATask();
            return List.of();
        }
        requireUsable();
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("name", name);
        task.put("format", PairColumns.format(files.get(0)));
        task.put("train", train);
        task.put("validation", valid);
        task.put("test", test);
        task.put("columns", columns.names());
        task.put("input", columns.input());
        task.put("target", columns.target());
        task.put("prefix", columns.prefix());
        task.put("inputLength", inputLength);
        task.put("targetLength", targetLength);
        task.put("metrics", metrics);
        return List.of(TrainConfig.setting("data.tasks", List.of(task)));
    }

    private void requireUsable() {
        require(
                inputLength >= 2 && targetLength >= 2,
                "--input-length and --target-length must be at least 2, one token and the end of sequence, found "
                        + inputLength + " and " + targetLength);
        for (String metric : metrics) {
            require(Metrics.names().contains(metric), noMetric(metric));
        }
        columns.check();
    }

    /** What is said where {@code --metric} names none. */
    static String noMetric(String metric) {
        return "--metric: there is no metric \"" + metric + "\"" + NearestName.question(Metrics.names(), metric)
                + " There are " + String.join(", ", Metrics.names());
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(command.commandLine(), message);
        }
    }

    /** What describes a task must not be passed over in silence where no task is given. */
    private void requireNoneOfATask() {
        for (String option : OF_A_TASK) {
            require(
                    !command.commandLine().getParseResult().hasMatchedOption(option),
                    option
                            + " describes a task that options give, but there is no file for one; name files with --valid"
                            + " or --test, or change the configuration's tasks with --set data.tasks");
        }
    }
}
