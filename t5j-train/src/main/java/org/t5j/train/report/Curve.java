package org.t5j.train.report;

import java.util.Arrays;

/** Values by step, as many as are logged; those that are not finite are left out. */
public final class Curve {
    private static final int FIRST_CAPACITY = 64;

    private final String name;
    private long[] steps = new long[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int size;

    /** Neighbours in one: their middle step and the mean, lowest and highest of their values. */
    record Point(double step, double mean, double low, double high) {}

    /** A curve without values yet. */
    public Curve(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    int size() {
        return size;
    }

    /** Adds a value; steps must not fall. */
    public void add(long step, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        steps[size] = step;
        values[size++] = value;
    }

    /** The same values under another name. */
    Curve named(String other) {
        Curve curve = new Curve(other);
        curve.steps = steps;
        curve.values = values;
        curve.size = size;
        return curve;
    }

    long firstStep() {
        return steps[0];
    }

    long lastStep() {
        return steps[size - 1];
    }

    boolean sameValues(Curve other) {
        return Arrays.equals(values, 0, size, other.values, 0, other.size);
    }

    double last() {
        return values[size - 1];
    }

    double low() {
        return Arrays.stream(values, 0, size).min().orElseThrow();
    }

    double high() {
        return Arrays.stream(values, 0, size).max().orElseThrow();
    }

    /** The value in the middle, the higher one of two. */
    double median() {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[size / 2];
    }

    double mean() {
        return Arrays.stream(values, 0, size).average().orElseThrow();
    }

    /** The curve in at most {@code most} points, each of about as many values. */
    Point[] points(int most) {
        int count = Math.min(most, size);
        Point[] points = new Point[count];
        for (int i = 0; i < count; i++) {
            points[i] = point((int) ((long) i * size / count), (int) ((i + 1L) * size / count));
        }
        return points;
    }

    private Point point(int from, int to) {
        double sum = 0;
        double low = values[from];
        double high = values[from];
        for (int i = from; i < to; i++) {
            sum += values[i];
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        return new Point((steps[from] + steps[to - 1]) / 2.0, sum / (to - from), low, high);
    }
}
