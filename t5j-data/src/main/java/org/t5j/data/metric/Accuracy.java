package org.t5j.data.metric;

import java.util.Map;

/**
 * {@code accuracy}, also {@code sequence_accuracy}: share of predictions that equal their first target exactly, in percent.
 */
public final class Accuracy implements SummedMetric {
    private final String name;

    /** @param name of the score */
    public Accuracy(String name) {
        this.name = name;
    }

    @Override
    public double[] statistics(Scored result) {
        return new double[] {result.target().equals(result.prediction()) ? 1 : 0};
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        return Map.of(name, 100.0 * sums[0] / examples);
    }
}
