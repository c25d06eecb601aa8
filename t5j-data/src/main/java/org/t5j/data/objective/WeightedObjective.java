package org.t5j.data.objective;

import org.t5j.data.DataException;

/**
 * One of several objectives that are learnt together, such as a denoiser of UL2. Each reads a share of the documents of its
 * own.
 *
 * @param name unique within the mixture
 * @param rate how often it is drawn, relative to the others; above 0
 */
public record WeightedObjective(String name, Objective objective, double rate) {
    public WeightedObjective {
        DataException.check(
                rate > 0 && rate < Double.POSITIVE_INFINITY,
                "The rate of objective '%s' is %s, but must be above 0.",
                name,
                rate);
    }
}
