package org.t5j.train.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Curves by step as an SVG element, coloured by the style of the page it stands in: groups {@code curve-1}, {@code curve-2}
 * and so on with {@code line}, {@code band} and {@code dot}, over {@code grid} and {@code axis}. Where a curve has more
 * values than there is room for, it shows their running means, and behind them the range of the values.
 */
public final class LineChart {
    /** Width of the element's view box. */
    public static final int WIDTH = 560;

    /** Height of the element's view box. */
    public static final int HEIGHT = 230;

    private static final int POINTS = 300;
    private static final int MARKED = 30;
    private static final int LEFT = 64;
    private static final int RIGHT = WIDTH - 30;
    private static final int TOP = 10;
    private static final int BOTTOM = HEIGHT - 28;
    private static final int TICKS = 5;

    private final List<Curve> curves;
    private final double low;
    private final double high;
    private final double first;
    private final double last;
    private final StringBuilder svg = new StringBuilder();

    private LineChart(List<Curve> curves) {
        this.curves = curves;
        double lowest = curves.stream().mapToDouble(Curve::low).min().orElseThrow();
        double highest = curves.stream().mapToDouble(Curve::high).max().orElseThrow();
        double range = highest - lowest;
        double margin = range > 0 ? 0.05 * range : highest == 0 ? 1 : Math.abs(highest) / 2;
        this.low = lowest >= 0 ? Math.max(0, lowest - margin) : lowest - margin;
        this.high = highest + margin;
        double[] steps = curves.stream()
                .flatMap(curve -> Arrays.stream(curve.points(POINTS)))
                .mapToDouble(Curve.Point::step)
                .sorted()
                .toArray();
        this.first = steps[0];
        this.last = Math.max(steps[steps.length - 1], first + 1);
    }

    /**
     * The curves over each other, the first in front.
     *
     * @param curves one or more, each of at least one value
     */
    public static String svg(Curve... curves) {
        return new LineChart(List.of(curves)).draw();
    }

    private String draw() {
        svg.append("<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"");
        svg.append(Html.escaped(curves.stream().map(Curve::name).collect(Collectors.joining(", "))))
                .append(" by step\">");
        for (double y : ticks(low, high, 0)) {
            line("grid", LEFT, y(y), RIGHT, y(y));
            text("y", LEFT - 6, y(y) + 4, Html.number(y));
        }
        for (double x : ticks(first, last, 1)) {
            text("x", x(x), BOTTOM + 18, Html.number(x));
        }
        line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        for (int i = curves.size() - 1; i >= 0; i--) {
            svg.append("<g class=\"curve-").append(i + 1).append("\">");
            draw(curves.get(i));
            svg.append("</g>");
        }
        return svg.append("</svg>").toString();
    }

    private void draw(Curve curve) {
        Curve.Point[] points = curve.points(POINTS);
        if (points.length < curve.size()) {
            band(points);
        }
        mean(points);
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

    private void mean(Curve.Point[] points) {
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
        return LEFT + (step - first) / (last - first) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
    }

    /** Multiples of 1, 2 or 5 times a power of ten, such that about {@link #TICKS} fit; at least {@code smallest} apart. */
    private static double[] ticks(double from, double to, double smallest) {
        double rough = (to - from) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double factor = rough / power;
        double apart = Math.max(smallest, power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10));
        double begin = Math.ceil(from / apart);
        return IntStream.rangeClosed(0, TICKS)
                .mapToDouble(i -> (begin + i) * apart)
                .filter(at -> at <= to)
                .toArray();
    }
}
