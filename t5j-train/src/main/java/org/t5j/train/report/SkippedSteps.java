package org.t5j.train.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;

/** Updates that were not made: how many for which reason, and the latest of them. */
final class SkippedSteps {
    private static final int SHOWN = 50;

    private final Deque<String> latest = new ArrayDeque<>();
    private long notFinite;
    private long spikes;

    void add(long step, JsonNode entry) {
        double loss = entry.path("loss").asDouble(Double.NaN);
        double norm = entry.path("gradient_norm").asDouble(Double.NaN);
        boolean spike = Double.isFinite(loss) && Double.isFinite(norm);
        if (spike) {
            spikes++;
        } else {
            notFinite++;
        }
        latest.addFirst(Html.row(
                "td",
                step,
                spike ? "gradients far above the usual" : "not finite",
                Html.number(loss),
                Html.number(norm)));
        if (latest.size() > SHOWN) {
            latest.removeLast();
        }
    }

    long count() {
        return notFinite + spikes;
    }

    /** Such as "3: 2 not finite, 1 spike". */
    String summary() {
        if (count() == 0) {
            return "none";
        }
        return count() + ": " + notFinite + " not finite, " + spikes + (spikes == 1 ? " spike" : " spikes");
    }

    /** The latest first. */
    String table() {
        StringBuilder table = new StringBuilder("<table><thead>")
                .append(Html.row("th", "step", "reason", "loss", "gradient norm"))
                .append("</thead><tbody>");
        latest.forEach(table::append);
        return table.append("</tbody></table>").toString();
    }
}
