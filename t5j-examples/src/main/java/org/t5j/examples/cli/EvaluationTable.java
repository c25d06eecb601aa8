package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.t5j.train.evaluate.Bootstrap;
import org.t5j.train.evaluate.EvaluationReport;
import org.t5j.train.evaluate.Evaluator;
import org.t5j.train.evaluate.Interval;

/** The scores of checkpoints with their intervals, of one as lines and of several as a table, and as JSON. */
final class EvaluationTable {
    private final Evaluator evaluator;
    private final Bootstrap bootstrap;
    private final List<Row> rows = new ArrayList<>();

    private record Row(Path checkpoint, EvaluationReport report, Map<String, Interval> intervals) {
        String score(String name) {
            Double value = report.scores().get(name);
            Interval interval = intervals.get(name);
            return value == null ? "-" : shown(value) + (interval == null ? "" : " " + shown(interval));
        }
    }

    /** @param bootstrap what makes intervals, or null for none */
    EvaluationTable(Evaluator evaluator, Bootstrap bootstrap) {
        this.evaluator = evaluator;
        this.bootstrap = bootstrap;
    }

    void add(Path checkpoint, EvaluationReport report) {
        rows.add(new Row(checkpoint, report, bootstrap == null ? Map.of() : evaluator.intervals(report, bootstrap)));
    }

    /** Of the only checkpoint. */
    void printOne(PrintWriter out, boolean json) {
        Row row = rows.get(0);
        ObjectNode facts = facts(row);
        if (!json) {
            row.intervals.forEach((score, interval) -> facts.put(score, facts.get(score) + "  " + shown(interval)));
            facts.remove("intervals");
        }
        Facts.print(out, facts, json);
    }

    /** The scores of a checkpoint by name, and what has to be quoted with them. */
    private ObjectNode facts(Row row) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("checkpoint", row.checkpoint.toString());
        row.report.scores().forEach(facts::put);
        evaluator.signatures().forEach((score, signature) -> facts.put(score + " signature", signature));
        if (!row.intervals.isEmpty()) {
            ObjectNode intervals = facts.putObject("intervals");
            row.intervals.forEach((score, interval) ->
                    intervals.putArray(score).add(interval.low()).add(interval.high()));
            facts.put("interval", intervalsOf());
        }
        facts.put("seconds", Math.round(row.report.seconds()));
        return facts;
    }

    private String intervalsOf() {
        return Math.round(100 * Bootstrap.CONFIDENCE) + " %, of " + bootstrap.resamples() + " samples, seed "
                + bootstrap.seed();
    }

    /** Of several checkpoints of a run. */
    void printAll(PrintWriter out, boolean json) {
        Row best = best();
        if (json) {
            ObjectNode facts = JsonNodeFactory.instance.objectNode();
            facts.put("metric", evaluator.bestScore());
            facts.put("best_checkpoint", best == null ? null : best.checkpoint.toString());
            ArrayNode checkpoints = facts.putArray("checkpoints");
            rows.forEach(row -> checkpoints.add(facts(row)));
            out.println(facts);
            return;
        }
        List<String> scores = List.copyOf(rows.get(0).report.scores().keySet());
        TextTable table = new TextTable();
        List<String> heading = new ArrayList<>(List.of("checkpoint"));
        heading.addAll(scores);
        table.add(heading);
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(name(row)));
            scores.forEach(score -> cells.add(row.score(score)));
            table.add(cells);
        }
        table.print(out);
        evaluator.signatures().forEach((score, signature) -> out.println(score + " signature: " + signature));
        if (rows.stream().anyMatch(row -> !row.intervals.isEmpty())) {
            out.println("intervals: " + intervalsOf());
        }
        if (best != null) {
            out.println("best by " + evaluator.bestScore() + ": " + name(best));
        }
    }

    private static String name(Row row) {
        return row.checkpoint.getFileName().toString();
    }

    /** The first of the best, or null where nothing is scored. */
    private Row best() {
        Row best = null;
        for (Row row : rows) {
            Double value = row.report.scores().get(evaluator.bestScore());
            if (value != null
                    && (best == null
                            || evaluator.isBetter(value, best.report.scores().get(evaluator.bestScore())))) {
                best = row;
            }
        }
        return best;
    }

    static String shown(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.2f" : "%.4f", value);
    }

    static String shown(Interval interval) {
        return "[" + shown(interval.low()) + ", " + shown(interval.high()) + "]";
    }
}
