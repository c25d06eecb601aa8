package org.t5j.train.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Locale;
import org.t5j.train.TrainingState;

/** The facts about a run that one looks for first. */
final class RunSummary {
    private final StringBuilder list = new StringBuilder("<dl class=\"summary\">");

    private RunSummary() {}

    /**
     * A list of names and values.
     *
     * @param state of the newest checkpoint, or null
     * @param configuration text of {@code config.yaml}; may be anything
     */
    static String of(LoggedRun run, TrainingState state, String configuration) {
        RunSummary summary = new RunSummary();
        summary.logged(run, configured(configuration).at("/optim/totalSteps").asLong());
        if (state != null) {
            summary.saved(state);
        }
        return summary.list.append("</dl>\n").toString();
    }

    private static JsonNode configured(String configuration) {
        try {
            return new YAMLMapper().readTree(configuration);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private void logged(LoggedRun run, long totalSteps) {
        fact("steps", grouped(run.step()) + (totalSteps > 0 ? " of " + grouped(totalSteps) : ""));
        if (run.training("loss").size() > 0) {
            fact("last loss", Html.number(run.training("loss").last()));
        }
        if (run.training("tokens_per_second").size() > 0) {
            fact(
                    "tokens/s, mean",
                    grouped(Math.round(run.training("tokens_per_second").mean())));
        }
        fact("time", duration(run.seconds()));
        fact("updates skipped", run.skipped().summary());
    }

    private void saved(TrainingState state) {
        fact("newest checkpoint", "step " + grouped(state.step()));
        fact("examples seen", grouped(state.examples()));
        fact("tokens seen", grouped(state.inputTokens() + state.targetTokens()));
        if (state.best() != null) {
            fact(
                    "best " + state.best().score(),
                    Html.number(state.best().value()) + " at step "
                            + grouped(state.best().step()));
        }
    }

    private void fact(String name, String value) {
        list.append("<div><dt>")
                .append(Html.escaped(name))
                .append("</dt><dd>")
                .append(Html.escaped(value))
                .append("</dd></div>");
    }

    /** Digits in threes from ten thousand on, divided by narrow spaces that do not break. */
    private static String grouped(long number) {
        return number < 10_000
                ? Long.toString(number)
                : String.format(Locale.ROOT, "%,d", number).replace(',', '\u202F');
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
