package org.t5j.data.metric;

import java.util.List;
import java.util.Map;

/**
 * {@code word_accuracy}: share of the targets' words that stand at the same place in the prediction, in percent over the
 * whole corpus. A prediction that is too long loses nothing here; look at {@code word_error_rate} too.
 */
public final class WordAccuracy implements SummedMetric {

    @Override
    public double[] statistics(Scored result) {
        List<String> target = Words.of(result.target());
        List<String> prediction = Words.of(result.prediction());
        int right = 0;
        for (int j = 0; j < Math.min(target.size(), prediction.size()); j++) {
            right += target.get(j).equals(prediction.get(j)) ? 1 : 0;
        }
        return new double[] {right, target.size()};
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        return Map.of("word_accuracy", sums[1] == 0 ? 0.0 : 100.0 * sums[0] / sums[1]);
    }
}
