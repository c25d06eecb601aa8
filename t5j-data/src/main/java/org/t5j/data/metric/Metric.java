package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Compares predictions with targets. Stateless. */
public interface Metric {

    /**
     * The scores, by name.
     *
     * @param results one for each example, at least one
     */
    Map<String, Double> compute(List<Scored> results);

    /**
     * The scores of texts with one accepted target each.
     *
     * @param targets what should have been written; at least one
     * @param predictions what was written, in the same order
     * @throws DataException if the lists are empty or differ in length
     */
    default Map<String, Double> compute(List<String> targets, List<String> predictions) {
        DataException.check(
                targets.size() == predictions.size() && !targets.isEmpty(),
                "A metric compares as many predictions as targets, at least one; there are %d and %d.",
                predictions.size(),
                targets.size());
        return compute(IntStream.range(0, targets.size())
                .mapToObj(i -> new Scored(Example.of("", targets.get(i)), List.of(targets.get(i)), predictions.get(i)))
                .toList());
    }

    /** Whether more is better; error rates say no. */
    default boolean higherIsBetter() {
        return true;
    }
}
