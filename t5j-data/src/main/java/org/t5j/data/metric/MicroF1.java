package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code f1_micro}: F1 of all decisions together, in percent. The classes are the texts that occur as targets; a prediction
 * outside of them costs recall and no precision. Where every prediction is one of them this is {@code accuracy}.
 */
public final class MicroF1 implements Metric {

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        Set<String> classes = results.stream().map(Scored::target).collect(Collectors.toSet());
        long right = 0;
        long predicted = 0;
        for (Scored result : results) {
            right += result.target().equals(result.prediction()) ? 1 : 0;
            predicted += classes.contains(result.prediction()) ? 1 : 0;
        }
        return Map.of("f1_micro", F1.percent(right, predicted, results.size()));
    }
}
