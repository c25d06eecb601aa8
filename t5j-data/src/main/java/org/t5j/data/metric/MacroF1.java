package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code f1_macro}: the mean over the classes of their F1, in percent. The classes are the texts that occur as targets; any
 * other prediction is wrong for its target's class and makes no class of its own, as in T5's
 * {@code mean_multiclass_f1}.
 */
public final class MacroF1 implements Metric {

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        Map<String, Integer> wanted = new TreeMap<>();
        Map<String, Integer> predicted = new TreeMap<>();
        Map<String, Integer> right = new TreeMap<>();
        for (int i = 0; i < results.size(); i++) {
            wanted.merge(results.get(i).target(), 1, Integer::sum);
            predicted.merge(results.get(i).prediction(), 1, Integer::sum);
            if (results.get(i).target().equals(results.get(i).prediction())) {
                right.merge(results.get(i).target(), 1, Integer::sum);
            }
        }
        // F1 = 2·tp / (2·tp + fp + fn) = 2·tp / (predicted + wanted)
        double sum = 0;
        for (String label : wanted.keySet()) {
            sum += 2.0 * right.getOrDefault(label, 0) / (predicted.getOrDefault(label, 0) + wanted.get(label));
        }
        return Map.of("f1_macro", 100 * sum / wanted.size());
    }
}
