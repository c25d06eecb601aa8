package org.t5j.train.report;

import java.util.List;

/**
 * Curves of the same unit, to be drawn over each other.
 *
 * @param unit may be empty
 * @param curves at least one, each with a value at least
 */
record Chart(String title, String unit, List<Curve> curves) {
    /** As many as can be told from each other. */
    static final int MOST_CURVES = 6;

    /** A figure: title, unit, what the colours mean, and the curves by {@code steps}. */
    String figure(Axis steps) {
        Axis values = Axis.values(curves);
        StringBuilder figure = new StringBuilder("<figure><figcaption><b>")
                .append(Html.escaped(title))
                .append("</b> ")
                .append(Html.escaped(unit))
                .append(values.logarithmic() ? ", logarithmic" : "");
        if (curves.size() > 1) {
            figure.append("<span class=\"legend\">");
            for (int i = 0; i < curves.size(); i++) {
                figure.append("<span><i class=\"curve-")
                        .append(i + 1)
                        .append("\"></i>")
                        .append(Html.escaped(curves.get(i).name()))
                        .append("</span> ");
            }
            figure.append("</span>");
        }
        return figure.append("</figcaption>")
                .append(LineChart.svg(this, steps, values))
                .append("</figure>\n")
                .toString();
    }
}
