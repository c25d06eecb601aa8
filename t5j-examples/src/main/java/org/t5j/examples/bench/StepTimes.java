package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** The seconds of the timed steps of a benchmark, sorted; at least one. */
final class StepTimes {
    private final double[] seconds;

    StepTimes(double[] seconds) {
        this.seconds = seconds.clone();
        Arrays.sort(this.seconds);
    }

    double best() {
        return seconds[0];
    }

    /** The middle one, or the mean of the two in the middle. */
    double median() {
        return (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2;
    }

    /** Adds {@code NAME_best} and {@code NAME_median}: how many of {@code count} per step were done in a second. */
    void putRates(ObjectNode out, String name, double count) {
        out.put(name + "_best", Math.round(count / best()));
        out.put(name + "_median", Math.round(count / median()));
    }

    /** Adds {@code ms_best} and {@code ms_median}. */
    void putMilliseconds(ObjectNode out) {
        out.put("ms_best", rounded(best() * 1e3, 1));
        out.put("ms_median", rounded(median() * 1e3, 1));
    }

    static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
