package org.t5j.data.metric;

import java.util.List;
import java.util.Map;

/**
 * {@code exact_match}: share of predictions that equal any of the accepted texts exactly, in percent. Texts are compared as
 * they are; {@code squad} and {@code trivia_qa} normalise them first.
 */
public final class ExactMatch implements Metric {

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        long right = results.stream()
                .filter(result -> result.targets().contains(result.prediction()))
                .count();
        return Map.of("exact_match", 100.0 * right / results.size());
    }
}
