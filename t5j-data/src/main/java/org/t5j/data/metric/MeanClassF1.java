package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.t5j.data.DataException;

/**
 * {@code mean_<n>class_f1}: the mean over the classes {@code 0 … n - 1} of their F1, in percent; T5's {@code
 * mean_multiclass_f1}, of which CommitmentBank takes three classes. A class that is neither wanted nor predicted has F1 0; a
 * prediction that is no class is wrong for its target's class only.
 */
public final class MeanClassF1 implements Metric {
    private final int classes;
    private final String name;

    /** @param classes how many, at least 1 */
    public MeanClassF1(int classes) {
        DataException.check(classes >= 1, "The mean F1 is over at least 1 class, found %d.", classes);
        this.classes = classes;
        this.name = "mean_" + classes + "class_f1";
    }

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        long[] right = new long[classes];
        long[] wanted = new long[classes];
        long[] predicted = new long[classes];
        for (Scored result : results) {
            int target = ClassNumber.wanted(result, classes, name);
            int prediction = ClassNumber.predicted(result, classes);
            wanted[target]++;
            if (prediction >= 0) {
                predicted[prediction]++;
                right[prediction] += prediction == target ? 1 : 0;
            }
        }
        return Map.of(
                name,
                IntStream.range(0, classes)
                        .mapToDouble(each -> F1.percent(right[each], predicted[each], wanted[each]))
                        .average()
                        .orElseThrow());
    }
}
