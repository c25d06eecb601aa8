package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.t5j.core.SequenceModel;
import org.t5j.core.T5Exception;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.EvaluationReport;
import org.t5j.train.evaluate.Evaluator;
import org.t5j.train.evaluate.TaskEvaluation;
import org.t5j.train.run.RunDirectory;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        description = "Scores a checkpoint: metrics of what it writes for the examples of tasks, or its loss on the"
                + " validation text of a pre-training configuration.")
final class EvaluateCommand extends Subcommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private CheckpointOptions checkpoint;

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
            description = "Write a JSON object a line: inputs, target, prediction.")
    private Path predictions;

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
        if (predictions != null) {
            OutputOption.checkPlace(this, "--predictions", predictions);
        }
        threads.apply(this);
        Path directory = checkpoint.directory();
        TrainConfig config = config(directory);
        List<TaskSplit> splits = splits(config);
        Tokenizer tokenizer = checkpoint.tokenizer();
        List<Evaluation> evaluations = new ArrayList<>();
        if (config.mode() == TrainConfig.Mode.PRETRAIN) {
            evaluations.addAll(
                    Learning.heldOut(config, tokenizer, run(directory).cache()));
        }
        splits.forEach(scored -> evaluations.add(evaluation(scored, config, tokenizer)));
        Evaluator evaluator = Evaluator.of(evaluations, null);
        if (evaluations.isEmpty()) {
            throw new T5Exception(
                    "There is nothing to evaluate on: the configuration names no validation files. Give a task"
                            + " with --test FILE; a task made in Java is known in its program only and scored there");
        }
        if (!evaluator.scores() && predictions == null) {
            throw new T5Exception("The examples have no labels, so there is nothing to score; name another --split, or"
                    + " let --predictions FILE write what the model answers");
        }
        try (SequenceModel model = checkpoint.load()) {
            EvaluationReport report = evaluator.evaluate(model, 0);
            if (predictions != null) {
                writePredictions(report.predictions());
            }
            ObjectNode facts = JsonNodeFactory.instance.objectNode();
            facts.put("checkpoint", checkpoint.models().toString());
            report.scores().forEach(facts::put);
            evaluator.signatures().forEach((score, signature) -> facts.put(score + " signature", signature));
            facts.put("seconds", Math.round(report.seconds()));
            Facts.print(out(), facts, json);
        }
        return 0;
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

    /** The run of a checkpoint, which stands in RUN/checkpoints/step-N. */
    private static RunDirectory run(Path checkpoint) {
        Path parent = checkpoint.toAbsolutePath().normalize().getParent();
        return RunDirectory.of(parent == null || parent.getParent() == null ? checkpoint : parent.getParent());
    }

    private record TaskSplit(Task task, String split) {}

    /** What is scored of each task, known before anything is read; where a corpus is scored too, tasks may lack a split. */
    private List<TaskSplit> splits(TrainConfig config) {
        boolean corpus = config.mode() == TrainConfig.Mode.PRETRAIN
                && !config.data().validationFiles().isEmpty();
        List<TaskSplit> splits = new ArrayList<>();
        List<Task> tasks = config.data().allTasks();
        for (int i = 0; i < tasks.size(); i++) {
            Task made = tasks.get(i);
            String wanted = split != null ? split : made.splits().contains(Task.TEST) ? Task.TEST : Task.VALIDATION;
            if (made.splits().contains(wanted)) {
                splits.add(new TaskSplit(made, wanted));
            } else if (split != null || !corpus) {
                throw new T5Exception("Task \"" + made.name() + "\" has no "
                        + (split != null ? split : "test or validation") + " files, only " + made.splits()
                        + "; name them by --set " + key(config, i) + "." + wanted + "=[FILE], or another --split");
            }
        }
        return splits;
    }

    private static String key(TrainConfig config, int task) {
        int own = config.data().tasks().size();
        return task < own ? "data.tasks." + task : "data.study." + (task - own);
    }

    private TaskEvaluation evaluation(TaskSplit scored, TrainConfig config, Tokenizer tokenizer) {
        return new TaskEvaluation(
                scored.task(),
                scored.split(),
                tokenizer,
                config.eval().batchSize(),
                limited() ? config.eval().examples() : Integer.MAX_VALUE,
                config.eval().beams());
    }

    /** Whether this command says how many examples; what the configuration says is for evaluations in training. */
    private boolean limited() {
        return examples != null
                || settings.stream().anyMatch(setting -> setting.matches("\\s*eval(\\.examples)?\\s*=.*"));
    }

    private void writePredictions(List<Evaluation.Prediction> all) throws IOException {
        Path incomplete = predictions.resolveSibling("." + predictions.getFileName() + ".incomplete");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(incomplete)) {
                for (Evaluation.Prediction prediction : all) {
                    writer.write(JSON.writeValueAsString(prediction));
                    writer.newLine();
                }
            }
            Files.move(incomplete, predictions, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(incomplete);
        }
    }
}
