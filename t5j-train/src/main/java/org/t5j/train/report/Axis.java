package org.t5j.train.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The values from {@code low} to {@code high} along a side of a chart, and round ones among them to mark.
 *
 * @param low below {@code high}; above 0 if {@code logarithmic}
 * @param whole whether only whole numbers are marked
 */
record Axis(double low, double high, boolean logarithmic, boolean whole) {
    private static final int TICKS = 5;
    /** Highest value in medians from which on the rest would lie flat on the ground. */
    private static final double SPREAD = 100;

    /** Steps from 0 on, or from the first where that is far from 0. */
    static Axis steps(double first, double last) {
        double low = first <= (last - first) / 4 ? 0 : first;
        return new Axis(low, Math.max(last, low + 1), false, true);
    }

    /** Room for all values of curves that have some; logarithmic where a few are far above the others. */
    static Axis values(List<Curve> curves) {
        double low = curves.stream().mapToDouble(Curve::low).min().orElseThrow();
        double high = curves.stream().mapToDouble(Curve::high).max().orElseThrow();
        double median = curves.stream().mapToDouble(Curve::median).max().orElseThrow();
        if (low > 0 && high / median > SPREAD) {
            double margin = Math.pow(high / low, 0.05);
            return new Axis(low / margin, high * margin, true, false);
        }
        double range = high - low;
        double margin = range > 0 ? 0.05 * range : high == 0 ? 1 : Math.abs(high) / 2;
        return new Axis(low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin, false, false);
    }

    /** Where a value lies: 0 at {@code low}, 1 at {@code high}. */
    double share(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** Some five values, evenly apart: multiples of 1, 2 or 5 times a power of ten, or such powers. */
    double[] ticks() {
        double apart = apart();
        double begin = Math.ceil(position(low) / apart);
        double end = position(high);
        return IntStream.rangeClosed(0, TICKS)
                .mapToDouble(i -> (begin + i) * apart)
                .filter(at -> at <= end)
                .map(at -> logarithmic ? Math.pow(10, at) : at)
                .toArray();
    }

    private double position(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private double apart() {
        double rough = (position(high) - position(low)) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double factor = rough / power;
        double apart = power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
        return whole || logarithmic ? Math.max(1, apart) : apart;
    }

    /** What stands at the marks, all with as many decimals. */
    String[] labels() {
        return Arrays.stream(ticks()).mapToObj(this::label).toArray(String[]::new);
    }

    private String label(double value) {
        double apart = apart();
        if (logarithmic || value == 0 || high >= 1e9 || apart < 1e-5) {
            return Html.number(value);
        }
        if (high >= 1e4 && apart >= 1000) {
            return high >= 1e7 && apart >= 1e6 ? Html.number(value / 1e6) + "M" : Html.number(value / 1e3) + "k";
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(apart) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
