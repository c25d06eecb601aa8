package org.t5j.train.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.train.listener.LogLines;

/**
 * What {@code log.jsonl} tells: curves of training and of scores, the last examples of predictions, updates that were not made,
 * and rows that were passed over.
 */
final class LoggedRun {
    private static final Map<String, String> TRAINING = names();

    private final Map<String, Curve> training = new LinkedHashMap<>();
    private final Map<String, Curve> scores = new LinkedHashMap<>();
    private final Map<String, JsonNode> badRows = new LinkedHashMap<>();
    private final SkippedSteps skipped = new SkippedSteps();
    private JsonNode examples = MissingNode.getInstance();
    private long examplesStep;
    private long firstStep = -1;
    private long lastStep;
    private long step;
    private double seconds;

    private LoggedRun() {
        TRAINING.forEach((key, name) -> training.put(key, new Curve(name)));
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("loss", "as minimised");
        names.put("nll", "negative log-likelihood");
        names.put("learning_rate", "learning rate");
        names.put("gradient_norm", "gradient norm");
        names.put("parameter_norm", "parameter norm");
        names.put("tokens_per_second", "tokens/s");
        names.put("input_utilisation", "inputs");
        names.put("target_utilisation", "targets");
        return names;
    }

    static LoggedRun read(Path log) {
        LoggedRun run = new LoggedRun();
        LogLines.read(log, run::add);
        return run;
    }

    private void add(JsonNode entry) {
        long at = entry.path("step").asLong();
        firstStep = firstStep < 0 ? at : firstStep;
        lastStep = at;
        switch (entry.path("type").asText()) {
            case "train" -> trained(at, entry);
            case "eval" -> scored(at, entry);
            case "skipped" -> skipped.add(at, entry);
            case "bad_rows" -> badRows.put(entry.path("data").asText(), entry);
            default -> {}
        }
    }

    private void trained(long at, JsonNode entry) {
        training.forEach((key, curve) -> curve.add(at, entry.path(key).asDouble(Double.NaN)));
        step = at;
        seconds = entry.path("seconds").asDouble(seconds);
    }

    private void scored(long at, JsonNode entry) {
        entry.path("scores").properties().forEach(score -> scores.computeIfAbsent(score.getKey(), Curve::new)
                .add(at, score.getValue().asDouble(Double.NaN)));
        if (entry.has("examples")) {
            examples = entry.path("examples");
            examplesStep = at;
        }
    }

    /** Curves of scores, one for each, that have values. */
    List<Curve> scores() {
        return scores.values().stream().filter(curve -> curve.size() > 0).toList();
    }

    /** The curve of a key such as {@code loss}; it may have no values. */
    Curve training(String key) {
        return training.get(key);
    }

    /** {@code inputs}, {@code target} and {@code prediction} of each; none where none were logged. */
    JsonNode examples() {
        return examples;
    }

    long examplesStep() {
        return examplesStep;
    }

    /** The latest entry for each data set that had bad rows. */
    List<JsonNode> badRows() {
        return new ArrayList<>(badRows.values());
    }

    SkippedSteps skipped() {
        return skipped;
    }

    /** An axis of all steps in the log. */
    Axis steps() {
        return Axis.steps(firstStep, lastStep);
    }

    /** Updates made when the last line of training was logged. */
    long step() {
        return step;
    }

    /** Seconds of training at {@link #step}. */
    double seconds() {
        return seconds;
    }
}
