package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code accuracy}: share of predictions that equal their target exactly, in percent. */
public final class Accuracy implements Metric {

    @Override
    public Map<String, Double> compute(List<String> targets, List<String> predictions) {
        Metric.checkPaired(targets, predictions);
        long right = IntStream.range(0, targets.size())
                .filter(i -> targets.get(i).equals(predictions.get(i)))
                .count();
        return Map.of("accuracy", 100.0 * right / targets.size());
    }
}
