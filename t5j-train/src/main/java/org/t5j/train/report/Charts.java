package org.t5j.train.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which curves of a run are drawn together. */
final class Charts {
    private static final String LOSS = "/loss";

    private Charts() {}

    /** Charts of training, those that have values. */
    static List<Chart> training(LoggedRun run) {
        List<Chart> charts = new ArrayList<>();
        List<Curve> losses = new ArrayList<>(List.of(run.training("loss")));
        if (!run.training("nll").sameValues(run.training("loss"))) {
            losses.add(run.training("nll"));
        }
        List<Curve> heldOut = run.scores().stream()
                .filter(score -> score.name().endsWith(LOSS))
                .toList();
        if (heldOut.size() == 1) {
            losses.addAll(heldOut);
        }
        add(charts, "Loss", "nats per target", losses);
        add(charts, "Learning rate", "", List.of(run.training("learning_rate")));
        add(charts, "Gradient norm", "before clipping", List.of(run.training("gradient_norm")));
        add(charts, "Parameter norm", "", List.of(run.training("parameter_norm")));
        add(charts, "Speed", "tokens per second", List.of(run.training("tokens_per_second")));
        add(
                charts,
                "Filling",
                "share that is no padding",
                List.of(run.training("input_utilisation"), run.training("target_utilisation")));
        return charts;
    }

    /** Charts of scores: the same score of several tasks in one. */
    static List<Chart> evaluation(LoggedRun run) {
        Map<String, List<Curve>> byScore = new LinkedHashMap<>();
        for (Curve curve : run.scores()) {
            String key = curve.name();
            int slash = key.lastIndexOf('/');
            byScore.computeIfAbsent(key.substring(slash + 1), score -> new ArrayList<>())
                    .add(curve.named(slash < 0 ? key : key.substring(0, slash)));
        }
        List<Chart> charts = new ArrayList<>();
        byScore.forEach((score, curves) -> {
            String only = curves.size() > 1 || curves.get(0).name().equals(score)
                    ? ""
                    : curves.get(0).name();
            for (int i = 0; i < curves.size(); i += Chart.MOST_CURVES) {
                add(charts, score, only, curves.subList(i, Math.min(i + Chart.MOST_CURVES, curves.size())));
            }
        });
        return charts;
    }

    private static void add(List<Chart> charts, String title, String unit, List<Curve> curves) {
        List<Curve> some = curves.stream().filter(curve -> curve.size() > 0).toList();
        if (!some.isEmpty()) {
            charts.add(new Chart(title, unit, some));
        }
    }
}
