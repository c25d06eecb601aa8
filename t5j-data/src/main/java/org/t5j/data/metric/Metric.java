package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;

/** Compares predictions with targets. Stateless. */
public interface Metric {

    /**
     * The scores, by name.
     *
     * @param targets what should have been written; at least one
     * @param predictions what was written, in the same order
     * @throws DataException if the lists are empty or differ in length
     */
    Map<String, Double> compute(List<String> targets, List<String> predictions);

    /** Whether more is better; error rates say no. */
    default boolean higherIsBetter() {
        return true;
    }

    /** Checks the arguments of {@link #compute}. */
    static void checkPaired(List<String> targets, List<String> predictions) {
        DataException.check(
                targets.size() == predictions.size() && !targets.isEmpty(),
                "A metric compares as many predictions as targets, at least one; there are %d and %d.",
                predictions.size(),
                targets.size());
    }
}
