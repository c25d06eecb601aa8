package org.t5j.data.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.t5j.data.DataException;

/**
 * {@code pearson_corrcoef} and {@code spearman_corrcoef}: correlation of predicted with wanted numbers, -100 … 100, the
 * numbers of scipy. A prediction that is no finite number counts as -1, as in T5's STS-B. Where all targets or all predictions
 * are the same the correlation is undefined: scipy gives NaN, t5j 0, since such a model tells nothing and a score of a run
 * must be comparable.
 */
public final class Correlation implements Metric {
    private static final double NO_NUMBER = -1;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final String name;
    private final UnaryOperator<double[]> scale;

    private Correlation(String name, UnaryOperator<double[]> scale) {
        this.name = name;
        this.scale = scale;
    }

    /** Of the numbers themselves. */
    public static Correlation pearson() {
        return new Correlation("pearson_corrcoef", UnaryOperator.identity());
    }

    /** Of the numbers' ranks; equal numbers share the mean of their ranks. */
    public static Correlation spearman() {
        return new Correlation("spearman_corrcoef", Correlation::ranks);
    }

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        return resampling(results).scores();
    }

    @Override
    public Resampling resampling(List<Scored> results) {
        double[] targets = results.stream().mapToDouble(this::wanted).toArray();
        double[] predictions = results.stream()
                .mapToDouble(result -> number(result.prediction()))
                .map(value -> Double.isNaN(value) ? NO_NUMBER : value)
                .toArray();
        return Resampling.of(
                targets.length,
                drawn -> Map.of(
                        name, 100 * correlation(scale.apply(at(drawn, targets)), scale.apply(at(drawn, predictions)))));
    }

    private static double[] at(int[] indices, double[] values) {
        return IntStream.of(indices).mapToDouble(i -> values[i]).toArray();
    }

    private double wanted(Scored result) {
        double value = number(result.target());
        DataException.check(
                !Double.isNaN(value),
                "Metric '%s' compares numbers, but the target of %s is '%s'. Choose another metric, or correct the target.",
                name,
                result.example().origin(),
                result.target());
        return value;
    }

    /** NaN if the text is no finite number. */
    private static double number(String text) {
        String stripped = text.strip();
        double value = NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    private static double correlation(double[] xs, double[] ys) {
        if (isConstant(xs) || isConstant(ys)) {
            return 0;
        }
        double[] x = centred(xs);
        double[] y = centred(ys);
        double spread = Math.sqrt(dot(x, x)) * Math.sqrt(dot(y, y));
        return spread == 0 ? 0 : Math.max(-1, Math.min(1, dot(x, y) / spread));
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    /** Differences from the mean, as shares of the greatest value, so that squares are in the range of a double. */
    private static double[] centred(double[] values) {
        double greatest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
        double mean =
                Arrays.stream(values).map(value -> value / greatest).average().orElseThrow();
        return Arrays.stream(values).map(value -> value / greatest - mean).toArray();
    }

    private static double dot(double[] xs, double[] ys) {
        return IntStream.range(0, xs.length).mapToDouble(i -> xs[i] * ys[i]).sum();
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
