package org.t5j.train.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.t5j.data.Version;
import org.t5j.train.TrainingState;

/**
 * A page about a run: curves, the mixture seen, examples of predictions, configuration and environment. It loads nothing,
 * has no scripts, and follows the reader's choice of a light or dark look; on paper it is light. Its size does not grow with
 * the length of the run.
 */
public final class HtmlReport {
    private final String title;
    private final LoggedRun run;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(String title, LoggedRun run) {
        this.title = title;
        this.run = run;
    }

    /**
     * The page.
     *
     * @param title name of the run
     * @param log {@code log.jsonl}
     * @param state of the newest checkpoint, or null where there is none
     * @param configuration text of {@code config.yaml}; may be empty
     * @param environment as {@link Environment#of} gave when the run was made; may be empty
     * @throws org.t5j.core.T5Exception where the log cannot be read
     */
    public static String page(
            String title, Path log, TrainingState state, String configuration, Map<String, String> environment) {
        HtmlReport report = new HtmlReport(title, LoggedRun.read(log));
        report.head();
        report.page.append(RunSummary.of(report.run, state, configuration));
        report.section("Training", report.charts(Charts.training(report.run), "No step was logged yet."));
        report.section(
                "Evaluation",
                report.charts(Charts.evaluation(report.run), "Nothing was evaluated yet.") + report.scores());
        report.examples();
        report.data(state);
        report.skipped();
        report.section("Configuration", configuration.isEmpty() ? "" : folded("config.yaml", pre(configuration)));
        report.section("Environment", facts(environment));
        return report.page
                .append("<footer>Written by t5j ")
                .append(Version.NUMBER)
                .append(". Curves are by updates made; where values lie too close together, a line shows the means of")
                .append(" neighbours and its shadow their range. Point at a curve to read its values.</footer>")
                .append("</main></body></html>\n")
                .toString();
    }

    private void head() {
        String name = Html.escaped(title);
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\">")
                .append("<title>")
                .append(name)
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style></head><body><main>\n<h1>")
                .append(name)
                .append("</h1>\n");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String charts(List<Chart> charts, String none) {
        if (charts.isEmpty()) {
            return "<p>" + none + "</p>";
        }
        StringBuilder figures = new StringBuilder("<div class=\"charts\">\n");
        charts.forEach(chart -> figures.append(chart.figure(run.steps())));
        return figures.append("</div>").toString();
    }

    private String scores() {
        StringBuilder table = new StringBuilder("<table><thead>");
        table.append(Html.row("th", "score", "last", "lowest", "highest", "evaluations"))
                .append("</thead><tbody>");
        for (Curve curve : run.scores()) {
            table.append(Html.row(
                    "td",
                    Html.escaped(curve.name()),
                    Html.number(curve.last()),
                    Html.number(curve.low()),
                    Html.number(curve.high()),
                    curve.size()));
        }
        return run.scores().isEmpty() ? "" : folded("All scores", table.append("</tbody></table>"));
    }

    private void examples() {
        StringBuilder table = new StringBuilder("<table class=\"texts\"><thead>");
        table.append(Html.row("th", "input", "target", "prediction")).append("</thead><tbody>");
        for (JsonNode example : run.examples()) {
            boolean right = example.path("prediction").equals(example.path("target"));
            table.append(Html.row("td", cell(example, "inputs"), cell(example, "target"), cell(example, "prediction"))
                    .replace("<tr>", right ? "<tr class=\"right\">" : "<tr>"));
        }
        section(
                "Examples of predictions" + (run.examples().isEmpty() ? "" : ", step " + run.examplesStep()),
                run.examples().isEmpty() ? "" : table.append("</tbody></table>").toString());
    }

    private static String cell(JsonNode example, String name) {
        return Html.escaped(example.path(name).asText());
    }

    private void data(TrainingState state) {
        boolean known = state != null && !state.data().cursors().isEmpty();
        section(
                "Data seen" + (known ? ", as of step " + state.step() : ""),
                known ? new DataSeen(state.data()).table() : "");
    }

    private void skipped() {
        if (run.skipped().count() > 0) {
            section(
                    "Updates skipped",
                    "<p>" + run.skipped().summary() + "</p>"
                            + folded("The latest", run.skipped().table()));
        }
        if (run.badRows().isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode rows : run.badRows()) {
            text.append(rows.path("data").asText())
                    .append(": ")
                    .append(rows.path("count"))
                    .append(" rows, such as\n");
            rows.path("examples")
                    .forEach(each -> text.append("  ").append(each.asText()).append('\n'));
        }
        section("Rows passed over", pre(text.toString()));
    }

    private static String facts(Map<String, String> facts) {
        StringBuilder table = new StringBuilder("<table class=\"facts\"><tbody>");
        facts.forEach((name, value) -> table.append(Html.row("td", Html.escaped(name), Html.escaped(value))));
        return facts.isEmpty() ? "" : table.append("</tbody></table>").toString();
    }

    /** Content that the reader opens; on paper it is open. */
    private static String folded(String summary, CharSequence content) {
        return "<details><summary>" + Html.escaped(summary) + "</summary>" + content + "</details>";
    }

    private static String pre(String text) {
        return "<pre>" + Html.escaped(text) + "</pre>";
    }

    private void section(String heading, String content) {
        page.append("<section><h2>").append(Html.escaped(heading)).append("</h2>\n");
        page.append(content.isEmpty() ? "<p>Not recorded.</p>" : content).append("</section>\n");
    }
}
