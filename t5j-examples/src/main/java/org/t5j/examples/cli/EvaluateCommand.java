package org.t5j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.t5j.core.SequenceModel;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.data.task.Task;
import org.t5j.train.evaluate.Bootstrap;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.EvaluationReport;
import org.t5j.train.evaluate.Evaluator;
import org.t5j.train.evaluate.PredictionLines;
import org.t5j.train.run.CheckpointChoice;
import org.t5j.train.run.RunDirectory;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        description =
                "Scores a checkpoint, or several of a run: metrics of what it writes for the examples of tasks, or its"
                        + " loss on the validation text of a pre-training configuration; each score with the interval that holds it"
                        + " by 95 %%, where that is known.")
final class EvaluateCommand extends Subcommand {
    @Mixin
    private CheckpointOptions checkpoint;

    @Option(
            names = "--steps",
            paramLabel = "WHICH",
            defaultValue = "best",
            description =
                    "Which checkpoints of a run: best, latest, all, or steps such as 1000,2000. A run keeps all of them"
                            + " with checkpoint.keepLast=0.")
    private String steps;

    @Option(names = "--all", description = "Short for --steps all.")
    private boolean all;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML or JSON; those of the run if not given.")
    private Path configFile;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting such as eval.beams=4; may be repeated.")
    private List<String> settings = List.of();

    @Mixin
    private TaskOptions task;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "train, validation or test; test if not given, validation for tasks that have none.")
    private String split;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description =
                    "Examples of each task or corpus at most: short for --set eval.examples=N. If neither is given, all"
                            + " of a task, and of a corpus as many as in training.")
    private Integer examples;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description =
                    "Write a JSON object a line: task, inputs, target, prediction, score. Of several checkpoints it is a"
                            + " directory, for step-N.jsonl of each.")
    private Path predictions;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Samples of the examples that intervals are made of (bootstrap); 0 for no intervals.")
    private int resamples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Draws other samples.")
    private long seed;

    @Option(names = "--json", description = "Print the scores as one JSON object.")
    private boolean json;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() throws IOException {
        require(
                split == null || List.of(Task.TRAIN, Task.VALIDATION, Task.TEST).contains(split),
                "--split must be train, validation or test, found \"" + split + "\"");
        require(examples == null || examples >= 1, "--examples must be at least 1, found " + examples);
        require(resamples >= 0, "--resamples must not be negative, found " + resamples);
        require(!all || steps.equals("best"), "--all says all of --steps; give one of them");
        CheckpointChoice choice = made(
                new OptionNames(Map.of("steps must", "--steps must")), () -> CheckpointChoice.of(all ? "all" : steps));
        checkPredictions(choice.several());
        threads.apply(this);
        require(
                !checkpoint.several() || !all && steps.equals("best"),
                "--steps chooses among the checkpoints of one run, but --checkpoint names several models");
        List<Path> checkpoints = checkpoint.several() ? List.of(checkpoint.directory()) : choice.in(checkpoint.given());
        Path first = checkpoints.get(0);
        TrainConfig config = config(first);
        EvaluatedData data =
                new EvaluatedData(config, split, limited() ? config.eval().examples() : Integer.MAX_VALUE);
        Evaluator evaluator = evaluator(
                data.evaluations(checkpoint.tokenizer(first), run(first).cache()), config);
        if (!evaluator.scores() && predictions == null) {
            throw new T5Exception("The examples have no labels, so there is nothing to score; name another --split, or"
                    + " let --predictions FILE write what the model answers");
        }
        EvaluationTable table = new EvaluationTable(evaluator, resamples == 0 ? null : new Bootstrap(seed, resamples));
        for (Path each : checkpoints) {
            Path shown = checkpoint.several() ? Path.of(checkpoint.models().toString()) : each;
            table.add(shown, evaluate(evaluator, each, choice.several()));
        }
        if (choice.several()) {
            table.printAll(out(), json);
        } else {
            table.printOne(out(), json);
        }
        return 0;
    }

    private void checkPredictions(boolean several) throws IOException {
        if (predictions == null) {
            return;
        }
        if (several) {
            require(
                    !Files.exists(predictions) || Files.isDirectory(predictions),
                    "--predictions " + predictions + " is a file; name a directory for those of several checkpoints");
            Files.createDirectories(predictions);
        } else {
            OutputOption.checkPlace(this, "--predictions", predictions);
        }
    }

    /** Chooses the best by the run's metric where that is one of the scores. */
    private static Evaluator evaluator(List<Evaluation> evaluations, TrainConfig config) {
        String metric = config.eval().metric();
        boolean known = evaluations.stream()
                .anyMatch(each -> metric != null && each.scoreNames().contains(metric));
        return Evaluator.of(evaluations, known ? metric : null);
    }

    private EvaluationReport evaluate(Evaluator evaluator, Path directory, boolean several) {
        String name = directory.getFileName().toString();
        if (several) {
            err().println("evaluating " + name);
        }
        try (SequenceModel model =
                new WatchedModel(load(directory), name + ": examples scored", new ProgressLines(err()))) {
            EvaluationReport report = evaluator.evaluate(model, 0);
            if (predictions != null) {
                PredictionLines.write(
                        several ? predictions.resolve(name + ".jsonl") : predictions, report.predictions());
            }
            return report;
        }
    }

    private SequenceModel load(Path directory) {
        return checkpoint.several() ? checkpoint.load() : T5Model.load(directory);
    }

    private TrainConfig config(Path directory) {
        List<String> all = new ArrayList<>(task.settings());
        all.addAll(settings);
        if (examples != null) {
            all.add(TrainConfig.setting("eval.examples", examples));
        }
        if (configFile != null) {
            return TrainConfig.load(configFile, all);
        }
        if (!task.settings().isEmpty()) {
            return TrainConfig.ofSettings(all);
        }
        Path runConfig = run(directory).config();
        if (!Files.exists(runConfig)) {
            throw new T5Exception(directory + " does not belong to a training run, so there are no tasks to evaluate it"
                    + " on; give --config FILE, or a task with --test FILE");
        }
        return TrainConfig.load(runConfig, all);
    }

    private static RunDirectory run(Path checkpoint) {
        return RunDirectory.ofCheckpoint(checkpoint);
    }

    /** Whether this command says how many examples; what the configuration says is for evaluations in training. */
    private boolean limited() {
        return examples != null
                || settings.stream().anyMatch(setting -> setting.matches("\\s*eval(\\.examples)?\\s*=.*"));
    }
}
