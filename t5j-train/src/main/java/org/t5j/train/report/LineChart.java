package org.t5j.train.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Curves by step as an SVG element, coloured by the style of the page it stands in: groups {@code curve-1}, {@code curve-2}
 * and so on with {@code line}, {@code band} and {@code dot}, over {@code grid} and {@code axis}. Where a curve has more
 * values than there is room for, it shows their running means, and behind them the range of the values.
 */
public final class LineChart {
    /** Width of the element's view box. */
    public static final int WIDTH = 560;

    /** Height of the element's view box. */
    public static final int HEIGHT = 250;

    private static final int POINTS = 300;
    private static final int MARKED = 30;
    private static final int COLUMNS = 80;
    private static final int LEFT = 56;
    private static final int RIGHT = WIDTH - 24;
    private static final int TOP = 10;
    private static final int BOTTOM = HEIGHT - 44;

    private final Chart chart;
    private final Axis steps;
    private final Axis values;
    private final StringBuilder svg = new StringBuilder();

    private LineChart(Chart chart, Axis steps, Axis values) {
        this.chart = chart;
        this.steps = steps;
        this.values = values;
    }

    /**
     * The curves over each other, the first in front, for an image that nobody points into.
     *
     * @param curves one or more, each of at least one value
     */
    public static String svg(Curve... curves) {
        List<Curve> list = List.of(curves);
        String names = list.stream().map(Curve::name).collect(Collectors.joining(", "));
        double first = list.stream().mapToDouble(Curve::firstStep).min().orElseThrow();
        double last = list.stream().mapToDouble(Curve::lastStep).max().orElseThrow();
        return new LineChart(new Chart(names, "", list), Axis.steps(first, last), Axis.values(list))
                .draw()
                .close();
    }

    /**
     * The same with columns, {@code column}, that are not seen and tell the values under a pointer.
     *
     * @param values an axis with room for all of the chart's
     */
    static String svg(Chart chart, Axis steps, Axis values) {
        return new LineChart(chart, steps, values).draw().columns().close();
    }

    private LineChart draw() {
        svg.append("<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.escaped(chart.title()))
                .append(" by step\">");
        axes();
        for (int i = chart.curves().size(); i > 0; i--) {
            curve(i, chart.curves().get(i - 1));
        }
        return this;
    }

    private String close() {
        return svg.append("</svg>").toString();
    }

    private void axes() {
        double[] marks = values.ticks();
        String[] labels = values.labels();
        for (int i = 0; i < marks.length; i++) {
            line("grid", LEFT, y(marks[i]), RIGHT, y(marks[i]));
            text("y", LEFT - 8, y(marks[i]) + 4, labels[i]);
        }
        marks = steps.ticks();
        labels = steps.labels();
        for (int i = 0; i < marks.length; i++) {
            line("axis", x(marks[i]), BOTTOM, x(marks[i]), BOTTOM + 4);
            text("x", x(marks[i]), BOTTOM + 19, labels[i]);
        }
        line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        text("x", (LEFT + RIGHT) / 2.0, HEIGHT - 6, "step");
    }

    private void curve(int number, Curve curve) {
        Curve.Point[] points = curve.points(POINTS);
        svg.append("<g class=\"curve-").append(number).append("\">");
        if (points.length < curve.size()) {
            band(points);
        }
        svg.append("<path class=\"line\" d=\"");
        for (int i = 0; i < points.length; i++) {
            to(i == 0, points[i].step(), points[i].mean());
        }
        svg.append("\"/>");
        if (points.length <= MARKED) {
            for (Curve.Point point : points) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                        x(point.step()),
                        y(point.mean())));
            }
        }
        svg.append("</g>");
    }

    private void band(Curve.Point[] points) {
        svg.append("<path class=\"band\" d=\"");
        for (int i = 0; i < points.length; i++) {
            to(i == 0, points[i].step(), points[i].high());
        }
        for (int i = points.length - 1; i >= 0; i--) {
            to(false, points[i].step(), points[i].low());
        }
        svg.append("Z\"/>");
    }

    /** A column around each of some points of the longest curve. */
    private LineChart columns() {
        List<Curve.Point[]> curves =
                chart.curves().stream().map(curve -> curve.points(COLUMNS)).toList();
        Curve.Point[] longest = curves.stream()
                .max((a, b) -> Integer.compare(a.length, b.length))
                .orElseThrow();
        double left = steps.low();
        for (int i = 0; i < longest.length; i++) {
            double right = i + 1 < longest.length ? (longest[i].step() + longest[i + 1].step()) / 2 : steps.high();
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"column\" fill=\"none\" pointer-events=\"all\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>step %s",
                    x(left),
                    TOP,
                    x(right) - x(left),
                    BOTTOM - TOP,
                    Html.number(Math.rint(longest[i].step()))));
            for (int k = 0; k < curves.size(); k++) {
                tell(chart.curves().get(k).name(), curves.get(k), left, right);
            }
            svg.append("</title></rect>");
            left = right;
        }
        return this;
    }

    private void tell(String name, Curve.Point[] points, double left, double right) {
        for (Curve.Point point : points) {
            if (point.step() >= left && (point.step() < right || point.step() == right && right == steps.high())) {
                svg.append('\n').append(Html.escaped(name)).append(' ').append(Html.number(point.mean()));
                return;
            }
        }
    }

    private void to(boolean begin, double step, double value) {
        svg.append(String.format(Locale.ROOT, "%s%.1f %.1f", begin ? "M" : "L", x(step), y(value)));
    }

    private void line(String type, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                type,
                x1,
                y1,
                x2,
                y2));
    }

    private void text(String type, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", type, x, y, Html.escaped(text)));
    }

    private double x(double step) {
        return LEFT + steps.share(step) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - values.share(value) * (BOTTOM - TOP);
    }
}
