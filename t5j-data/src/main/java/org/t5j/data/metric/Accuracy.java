package org.t5j.data.metric;

import java.util.List;
import java.util.Map;

/**
 * {@code accuracy}, also {@code sequence_accuracy}: share of predictions that equal their first target exactly, in percent.
 */
public final class Accuracy implements Metric {
    private final String name;

    /** @param name of the score */
    public Accuracy(String name) {
        this.name = name;
    }

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        long right = results.stream()
                .filter(result -> result.target().equals(result.prediction()))
                .count();
        return Map.of(name, 100.0 * right / results.size());
    }
}
