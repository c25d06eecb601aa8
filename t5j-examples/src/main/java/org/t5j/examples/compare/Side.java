package org.t5j.examples.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.T5Exception;
import org.t5j.data.metric.Metric;
import org.t5j.data.task.Task;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.Evaluation.Prediction;
import org.t5j.train.evaluate.PredictionLines;
import org.t5j.train.listener.LogLines;
import org.t5j.train.run.RunDirectory;
import org.t5j.train.run.RunPredictions;
import org.t5j.train.run.TrainingCheckpoint;
import org.t5j.train.setup.TrainConfig;

/**
 * What is known of one of the two that are compared: a run at one of its evaluations, or a file of predictions.
 *
 * @param place where it was found
 * @param step updates before the evaluation; -1 for a file, and for a run without evaluations
 * @param scores that were logged, by name
 * @param predictions by task; empty where none were kept
 * @param metrics of each task by name; empty for a file
 * @param losses of training by step; empty for a file
 * @param config all settings; missing for a file
 */
public record Side(
        Path place,
        long step,
        Map<String, Double> scores,
        Map<String, List<Prediction>> predictions,
        Map<String, Map<String, Metric>> metrics,
        TreeMap<Long, Double> losses,
        JsonNode config) {

    /**
     * Reads a run directory or a file of predictions.
     *
     * @param step of a run: {@code best}, {@code latest} or the number of updates
     * @throws T5Exception where {@code place} is neither, or the run was not evaluated at that step
     */
    public static Side read(Path place, String step) {
        return Files.isDirectory(place) ? ofRun(place, step) : ofFile(place);
    }

    private static Side ofFile(Path file) {
        Map<String, List<Prediction>> byTask = new LinkedHashMap<>();
        PredictionLines.read(file).forEach(each -> byTask.computeIfAbsent(each.task(), task -> new ArrayList<>())
                .add(each));
        return new Side(file, -1, Map.of(), byTask, Map.of(), new TreeMap<>(), MissingNode.getInstance());
    }

    private static Side ofRun(Path place, String step) {
        RunDirectory run = RunDirectory.of(place);
        if (!Files.isRegularFile(run.log()) || !Files.isRegularFile(run.config())) {
            throw new T5Exception(place + " is no run directory: it has no "
                    + (Files.isRegularFile(run.log()) ? run.config() : run.log()).getFileName()
                    + "; name the directory of a training run, or a file of predictions");
        }
        TreeMap<Long, Double> losses = new TreeMap<>();
        TreeMap<Long, Map<String, Double>> evaluations = new TreeMap<>();
        LogLines.read(run.log(), entry -> {
            long at = entry.get("step").asLong();
            switch (entry.path("type").asText()) {
                case "train" -> losses.put(at, entry.path("loss").asDouble(Double.NaN));
                case "eval" ->
                    entry.path("scores").properties().forEach(score -> evaluations
                            .computeIfAbsent(at, each -> new LinkedHashMap<>())
                            .put(score.getKey(), score.getValue().asDouble(Double.NaN)));
                default -> {}
            }
        });
        long chosen = step(run, step, evaluations);
        TrainConfig config = TrainConfig.load(run.config(), List.of());
        return new Side(
                place,
                chosen,
                evaluations.getOrDefault(chosen, Map.of()),
                RunPredictions.read(run, chosen),
                metrics(config),
                losses,
                config.toTree());
    }

    private static long step(RunDirectory run, String step, TreeMap<Long, Map<String, Double>> evaluations) {
        if (evaluations.isEmpty()) {
            return -1;
        }
        long chosen =
                switch (step) {
                    case "best" -> best(run, evaluations.lastKey());
                    case "latest" -> evaluations.lastKey();
                    default -> Long.parseLong(step);
                };
        if (!evaluations.containsKey(chosen)) {
            throw new T5Exception(run.path() + " was not evaluated at step " + chosen + ", only at "
                    + evaluations.keySet() + "; name one of these");
        }
        return chosen;
    }

    private static long best(RunDirectory run, long otherwise) {
        return run.latest()
                .map(TrainingCheckpoint::readState)
                .map(TrainingState::best)
                .map(TrainingState.BestScore::step)
                .orElse(otherwise);
    }

    private static Map<String, Map<String, Metric>> metrics(TrainConfig config) {
        Map<String, Map<String, Metric>> metrics = new LinkedHashMap<>();
        for (Task task : config.data().allTasks()) {
            metrics.put(task.name(), task.metrics());
        }
        return metrics;
    }

    /** The place, and the step where there is one. */
    @Override
    public String toString() {
        return step < 0 ? place.toString() : place + " at step " + step;
    }
}
