package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Compares predictions with targets. Stateless. Every score is finite. */
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

    /**
     * {@link #compute} ready for many samples of the same results. By default every sample is computed anew; what is costly
     * for one example is better found once, as a {@link SummedMetric} does.
     *
     * @param results one for each example, at least one
     */
    default Resampling resampling(List<Scored> results) {
        return Resampling.of(results, this::compute);
    }

    /**
     * Fields of the examples that the scores hang on beside the texts, such as the question that several answers belong to.
     */
    default List<String> fields() {
        return List.of();
    }

    /** Whether more is better; error rates say no. */
    default boolean higherIsBetter() {
        return true;
    }

    /**
     * Names of the scores that {@link #compute} gives, the one to choose checkpoints by first. By default there is one,
     * called as the metric is.
     *
     * @param name that the metric has in {@link Metrics} or in its task
     */
    default List<String> scoreNames(String name) {
        return List.of(name);
    }

    /**
     * What else decides the scores than the texts, to be quoted with them, such as sacrebleu's {@code
     * nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp}; empty where the metric's name says all.
     *
     * @param results what was scored
     */
    default Optional<String> signature(List<Scored> results) {
        return Optional.empty();
    }
}
