package org.t5j.data.metric;

import java.util.Map;

/**
 * {@code exact_match}: share of predictions that equal any of the accepted texts exactly, in percent. Texts are compared as
 * they are; {@code squad} and {@code trivia_qa} normalise them first.
 */
public final class ExactMatch implements SummedMetric {

    @Override
    public double[] statistics(Scored result) {
        return new double[] {result.targets().contains(result.prediction()) ? 1 : 0};
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        return Map.of("exact_match", 100.0 * sums[0] / examples);
    }
}
