package org.t5j.examples.twin;

import java.util.List;
import org.t5j.train.report.Curve;
import org.t5j.train.report.LineChart;

/** The losses of two runs over each other and below them their relative difference, as an SVG file of its own. */
public final class LossPlot {
    private static final int TITLE = 30;
    private static final int HEIGHT = 2 * (TITLE + LineChart.HEIGHT);
    private static final String STYLE = """
            svg { --ground: #ffffff; --text: #1c2430; --muted: #5a6575; --rule: #d9dee6; --first: #1b5fc1; --second: #e08a00; }
            @media (prefers-color-scheme: dark) {
              svg { --ground: #12161c; --text: #e5e9ef; --muted: #9aa6b5; --rule: #333c48; --first: #77aeff; --second: #ffb84d; }
            }
            .ground { fill: var(--ground); }
            text { fill: var(--muted); font: 12px system-ui, sans-serif; }
            .title { fill: var(--text); font-size: 13px; }
            .x { text-anchor: middle; }
            .y { text-anchor: end; }
            .grid, .axis { stroke: var(--rule); }
            .line { fill: none; stroke: var(--first); stroke-width: 1.5; stroke-linejoin: round; }
            .band, .dot { fill: var(--first); }
            .band { opacity: .2; }
            .losses .curve-1 .line { stroke-dasharray: 6 5; }
            .losses .curve-2 .line { stroke: var(--second); stroke-width: 3; }
            .losses .curve-2 .band, .losses .curve-2 .dot { fill: var(--second); }
            .first { fill: var(--first); }
            .second { fill: var(--second); }
            """;

    private LossPlot() {}

    /**
     * Draws two runs of as many steps.
     *
     * @param first what the first run is called
     * @param second likewise
     */
    public static String svg(String first, List<StepLoss> firstLosses, String second, List<StepLoss> secondLosses) {
        double[] differences = LossComparison.of(firstLosses, secondLosses).losses();
        Curve difference = new Curve("relative difference");
        for (int i = 0; i < differences.length; i++) {
            difference.add(i + 1, differences[i]);
        }
        String losses = "Loss by step: <tspan class=\"first\">" + escaped(first)
                + " (dashed)</tspan>, <tspan class=\"second\">" + escaped(second) + "</tspan>";
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d">
                <style>
                %s</style>
                <rect class="ground" width="%d" height="%d"/>
                """.formatted(LineChart.WIDTH, HEIGHT, STYLE, LineChart.WIDTH, HEIGHT)
                + part(0, losses, "losses", LineChart.svg(curve(first, firstLosses), curve(second, secondLosses)))
                + part(HEIGHT / 2, "Relative difference of the losses by step", "difference", LineChart.svg(difference))
                + "</svg>\n";
    }

    private static Curve curve(String name, List<StepLoss> losses) {
        Curve curve = new Curve(name);
        losses.forEach(loss -> curve.add(loss.step(), loss.loss()));
        return curve;
    }

    private static String part(int top, String title, String type, String chart) {
        return """
                <text class="title" x="12" y="%d">%s</text>
                <svg class="%s" y="%d" width="%d" height="%d">%s</svg>
                """.formatted(top + 20, title, type, top + TITLE, LineChart.WIDTH, LineChart.HEIGHT, chart);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
