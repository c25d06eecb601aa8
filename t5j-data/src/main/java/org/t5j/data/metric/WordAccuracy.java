package org.t5j.data.metric;

import java.util.List;
import java.util.Map;

/**
 * {@code word_accuracy}: share of the targets' words that stand at the same place in the prediction, in percent over the
 * whole corpus. A prediction that is too long loses nothing here; look at {@code word_error_rate} too.
 */
public final class WordAccuracy implements Metric {

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        long right = 0;
        long words = 0;
        for (int i = 0; i < results.size(); i++) {
            List<String> target = Words.of(results.get(i).target());
            List<String> prediction = Words.of(results.get(i).prediction());
            words += target.size();
            for (int j = 0; j < Math.min(target.size(), prediction.size()); j++) {
                right += target.get(j).equals(prediction.get(j)) ? 1 : 0;
            }
        }
        return Map.of("word_accuracy", words == 0 ? 0.0 : 100.0 * right / words);
    }
}
