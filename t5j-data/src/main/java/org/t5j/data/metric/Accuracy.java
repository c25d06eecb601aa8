package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code accuracy}: share of predictions that equal their target exactly, in percent. */
public final class Accuracy implements Metric {

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        long right = IntStream.range(0, results.size())
                .filter(i -> results.get(i).target().equals(results.get(i).prediction()))
                .count();
        return Map.of("accuracy", 100.0 * right / results.size());
    }
}
