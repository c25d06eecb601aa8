package org.t5j.examples.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.core.T5Exception;
import org.t5j.data.metric.Metric;
import org.t5j.data.metric.Metrics;
import org.t5j.data.metric.Resampling;
import org.t5j.train.evaluate.Bootstrap;
import org.t5j.train.evaluate.Evaluation.Prediction;

/** Compares the scores of two sides, by their predictions where both have them. */
final class Scores {
    private final Side first;
    private final Side second;
    private final List<String> metricNames;
    private final Bootstrap bootstrap;
    private final Map<String, ScoreDifference> found = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** @param metricNames metrics to compute for every task; if empty, those of the runs, or else the mean of {@code score} */
    Scores(Side first, Side second, List<String> metricNames, Bootstrap bootstrap) {
        this.first = first;
        this.second = second;
        this.metricNames = metricNames;
        this.bootstrap = bootstrap;
    }

    /** The differences by name of the score; what could not be compared, and why, is added to {@code remarks}. */
    Map<String, ScoreDifference> compare(List<String> remarks) {
        noteMissing(first, second);
        noteMissing(second, first);
        first.predictions().forEach((task, predictions) -> {
            if (second.predictions().containsKey(task)) {
                compareTask(task, predictions, second.predictions().get(task));
            }
        });
        first.scores().forEach((name, value) -> {
            if (second.scores().containsKey(name)) {
                found.putIfAbsent(
                        name, new ScoreDifference(value, second.scores().get(name), null));
            }
        });
        remarks.addAll(notes);
        return found;
    }

    private void noteMissing(Side has, Side lacks) {
        for (String task : has.predictions().keySet()) {
            if (!lacks.predictions().containsKey(task)) {
                notes.add(lacks + " has no predictions of \"" + task + "\", so that nothing says how sure differences"
                        + " are; write them by evaluate --predictions FILE for both, and compare the files");
            }
        }
    }

    private void compareTask(String task, List<Prediction> ours, List<Prediction> theirs) {
        requireSameExamples(task, ours, theirs);
        Map<String, Metric> metrics = metrics(task);
        if (metrics.isEmpty()) {
            compare(task, ownScores(first, ours), ownScores(second, theirs));
        }
        metrics.values().forEach(metric -> compare(task, resampling(metric, ours), resampling(metric, theirs)));
    }

    private void compare(String task, Resampling ours, Resampling theirs) {
        bootstrap
                .compare(ours, theirs)
                .forEach((score, paired) -> found.putIfAbsent(
                        (task.isEmpty() ? "" : task + "/") + score,
                        new ScoreDifference(paired.first(), paired.second(), paired)));
    }

    /** Those that both sides have, or that were asked for. */
    private Map<String, Metric> metrics(String task) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        if (!metricNames.isEmpty()) {
            metricNames.forEach(name -> metrics.put(name, Metrics.named(name)));
            return metrics;
        }
        Map<String, Metric> ours = first.metrics().getOrDefault(task, Map.of());
        Map<String, Metric> theirs = second.metrics().getOrDefault(task, Map.of());
        metrics.putAll(ours.isEmpty() ? theirs : ours);
        if (!ours.isEmpty() && !theirs.isEmpty()) {
            metrics.keySet().retainAll(theirs.keySet());
        }
        return metrics;
    }

    private static Resampling resampling(Metric metric, List<Prediction> predictions) {
        return metric.resampling(predictions.stream().map(Prediction::scored).toList());
    }

    /** The mean of the examples' own scores. */
    private static Resampling ownScores(Side side, List<Prediction> predictions) {
        List<Double> scores = new ArrayList<>();
        for (Prediction each : predictions) {
            if (each.score() == null) {
                throw new T5Exception(side.place() + " has examples without a score of their own; name the metric to"
                        + " compute by --metric");
            }
            scores.add(each.score());
        }
        return Resampling.of(
                scores,
                drawn -> Map.of(
                        "score", drawn.stream().mapToDouble(Double::doubleValue).sum() / drawn.size()));
    }

    private void requireSameExamples(String task, List<Prediction> ours, List<Prediction> theirs) {
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            Prediction a = ours.get(i);
            Prediction b = theirs.get(i);
            if (!a.inputs().equals(b.inputs()) || !a.target().equals(b.target())) {
                throw new T5Exception("Only scores on the same examples can be compared, but example " + (i + 1)
                        + " of \"" + task + "\" is " + text(a) + " in " + first + " and " + text(b) + " in " + second
                        + ". Evaluate both on the same files, by evaluate --predictions");
            }
            if (a.scored() == null || b.scored() == null) {
                throw new T5Exception("Example " + (i + 1) + " of \"" + task + "\" has no label in "
                        + (a.scored() == null ? first : second) + ", so there is nothing to compare");
            }
        }
        if (ours.size() != theirs.size()) {
            throw new T5Exception("Only scores on the same examples can be compared, but of \"" + task + "\" "
                    + first + " has " + ours.size() + " and " + second + " " + theirs.size()
                    + ". Evaluate both on the same files, by evaluate --predictions");
        }
    }

    private static String text(Prediction prediction) {
        return "\"" + shortened(prediction.inputs()) + "\" → \"" + shortened(prediction.target()) + "\"";
    }

    private static String shortened(String text) {
        int most = 80;
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
