package org.t5j.data.metric;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Another metric's scores over the first example of each group only; T5's {@code deduplicate_metric}. ReCoRD has an example
 * for each right answer to a query, but a query counts once.
 */
public final class OnePerGroup implements Metric {
    private final Metric metric;
    private final List<String> fields;

    /**
     * @param metric what to compute
     * @param fields those of the examples that make a group if all are equal
     */
    public OnePerGroup(Metric metric, List<String> fields) {
        this.metric = metric;
        this.fields = List.copyOf(fields);
    }

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        return metric.compute(firsts(results));
    }

    /** Draws groups. */
    @Override
    public Resampling resampling(List<Scored> results) {
        return metric.resampling(firsts(results));
    }

    @Override
    public List<String> fields() {
        return fields;
    }

    private List<Scored> firsts(List<Scored> results) {
        Set<List<String>> seen = new HashSet<>();
        List<Scored> firsts = new ArrayList<>();
        for (Scored result : results) {
            if (seen.add(fields.stream().map(result.example()::get).toList())) {
                firsts.add(result);
            }
        }
        return firsts;
    }

    @Override
    public boolean higherIsBetter() {
        return metric.higherIsBetter();
    }

    @Override
    public List<String> scoreNames(String name) {
        return metric.scoreNames(name);
    }
}
