package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.t5j.core.T5Exception;
import org.t5j.data.metric.Metrics;
import org.t5j.examples.compare.Comparison;
import org.t5j.examples.compare.Losses;
import org.t5j.examples.compare.ScoreDifference;
import org.t5j.examples.compare.Side;
import org.t5j.train.evaluate.Bootstrap;
import org.t5j.train.evaluate.Interval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description =
                "Compares two training runs, or two files of predictions: scores with how sure their difference is"
                        + " (paired bootstrap), training losses, and the settings that differ.")
final class CompareCommand extends Subcommand {
    private static final int VALUE_WIDTH = 40;

    @Parameters(index = "0", paramLabel = "FIRST", description = "A run directory, or a file of predictions.")
    private Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "What it is compared with.")
    private Path second;

    @Option(
            names = "--step",
            paramLabel = "WHICH",
            defaultValue = "best",
            description = "Which evaluation of a run: best, latest, or a step such as 1000.")
    private String step;

    @Option(
            names = "--metric",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Metrics to compute from predictions, separated by commas; if not given those of the runs, and for"
                            + " files the mean of what they call score.")
    private List<String> metrics = List.of();

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Samples of the examples that intervals and p-values are made of.")
    private int resamples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Draws other samples.")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        require(step.matches("best|latest|\\d{1,18}"), "--step must be best, latest or a number, found " + step);
        require(resamples >= 1, "--resamples must be at least 1, found " + resamples);
        for (String metric : metrics) {
            require(Metrics.names().contains(metric), TaskOptions.noMetric(metric));
        }
        for (Path place : List.of(first, second)) {
            if (!Files.exists(place)) {
                throw new T5Exception("There is no run directory or file of predictions " + place);
            }
        }
        Comparison comparison = Comparison.of(first, second, step, metrics, new Bootstrap(seed, resamples));
        if (json) {
            out().println(toJson(comparison));
        } else {
            print(comparison);
        }
        return 0;
    }

    private void print(Comparison comparison) {
        out().println("first:  " + comparison.first());
        out().println("second: " + comparison.second());
        if (!comparison.scores().isEmpty()) {
            printScores(comparison);
        }
        if (comparison.losses() != null) {
            printLosses(comparison.losses());
        }
        if (!comparison.settings().isEmpty()) {
            TextTable table = new TextTable();
            table.add(List.of("setting", "first", "second"));
            comparison
                    .settings()
                    .forEach((key, pair) -> table.add(List.of(key, shortened(pair.first()), shortened(pair.second()))));
            out().println();
            table.print(out());
        }
        comparison.notes().forEach(note -> out().printf("%nNote: %s.%n", note));
    }

    /** What a column has room for; {@code --json} prints the whole. */
    private static String shortened(String value) {
        return value.length() <= VALUE_WIDTH ? value : value.substring(0, VALUE_WIDTH - 1) + "…";
    }

    private void printScores(Comparison comparison) {
        TextTable table = new TextTable();
        table.add(List.of("score", "first", "second", "difference", "95 % interval", "p"));
        comparison
                .scores()
                .forEach((name, score) -> table.add(List.of(
                        name,
                        EvaluationTable.shown(score.first()),
                        EvaluationTable.shown(score.second()),
                        signed(score.difference()),
                        score.paired() == null ? "-" : shown(score.paired().interval()),
                        score.paired() == null
                                ? "-"
                                : String.format(
                                        Locale.ROOT, "%.4f", score.paired().pValue()))));
        out().println();
        table.print(out());
        if (comparison.scores().values().stream().anyMatch(score -> score.paired() != null)) {
            out().println("intervals and p-values: paired bootstrap, " + resamples + " samples, seed " + seed);
        }
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + EvaluationTable.shown(value);
    }

    private static String shown(Interval interval) {
        return interval == null ? "-" : "[" + signed(interval.low()) + ", " + signed(interval.high()) + "]";
    }

    private void printLosses(Losses losses) {
        out().printf(
                        Locale.ROOT,
                        "%ntraining loss at %d common steps up to %d: mean of the last tenth %.4f and %.4f, mean difference"
                                + " %+.4f, largest relative difference %.3g at step %d%n",
                        losses.steps(),
                        losses.lastStep(),
                        losses.firstMean(),
                        losses.secondMean(),
                        losses.meanDifference(),
                        losses.largestDifference(),
                        losses.largestStep());
    }

    private ObjectNode toJson(Comparison comparison) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        put(facts.putObject("first"), comparison.first());
        put(facts.putObject("second"), comparison.second());
        ObjectNode scores = facts.putObject("scores");
        comparison.scores().forEach((name, score) -> put(scores.putObject(name), score));
        facts.put("resamples", resamples).put("seed", seed);
        if (comparison.losses() != null) {
            Losses losses = comparison.losses();
            facts.putObject("losses")
                    .put("steps", losses.steps())
                    .put("last_step", losses.lastStep())
                    .put("first_mean", losses.firstMean())
                    .put("second_mean", losses.secondMean())
                    .put("mean_difference", losses.meanDifference())
                    .put("largest_difference", losses.largestDifference())
                    .put("largest_step", losses.largestStep());
        }
        ObjectNode settings = facts.putObject("settings");
        comparison.settings().forEach((key, pair) -> settings.putObject(key)
                .put("first", pair.first())
                .put("second", pair.second()));
        comparison.notes().forEach(facts.putArray("notes")::add);
        return facts;
    }

    private static void put(ObjectNode node, Side side) {
        node.put("path", side.place().toString());
        if (side.step() >= 0) {
            node.put("step", side.step());
        }
        ObjectNode examples = node.putObject("examples");
        side.predictions().forEach((task, predictions) -> examples.put(task, predictions.size()));
    }

    private static void put(ObjectNode node, ScoreDifference score) {
        node.put("first", score.first()).put("second", score.second()).put("difference", score.difference());
        if (score.paired() != null) {
            Interval interval = score.paired().interval();
            if (interval != null) {
                node.putArray("interval").add(interval.low()).add(interval.high());
            }
            node.put("p_value", score.paired().pValue());
        }
    }
}
