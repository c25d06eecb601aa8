package org.t5j.data.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code matthews_corrcoef}: Matthews' correlation of targets and predictions, -100 … 100, of any number of classes
 * (Gorodkin's R_K, as sklearn's {@code matthews_corrcoef}). Classes are texts as they are, so an answer that is no class is
 * one more class. 0 where all targets or all predictions are the same.
 */
public final class Matthews implements Metric {

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        Map<String, Long> wanted = new HashMap<>();
        Map<String, Long> predicted = new HashMap<>();
        double right = 0;
        for (Scored result : results) {
            wanted.merge(result.target(), 1L, Long::sum);
            predicted.merge(result.prediction(), 1L, Long::sum);
            right += result.target().equals(result.prediction()) ? 1 : 0;
        }
        double count = results.size();
        double covariance = right * count - product(wanted, predicted);
        double spread = (count * count - product(wanted, wanted)) * (count * count - product(predicted, predicted));
        return Map.of("matthews_corrcoef", spread == 0 ? 0 : 100 * covariance / Math.sqrt(spread));
    }

    private static double product(Map<String, Long> some, Map<String, Long> others) {
        return some.entrySet().stream()
                .mapToDouble(each -> (double) each.getValue() * others.getOrDefault(each.getKey(), 0L))
                .sum();
    }
}
