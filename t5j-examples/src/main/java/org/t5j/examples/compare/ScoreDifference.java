package org.t5j.examples.compare;

import org.t5j.train.evaluate.PairedDifference;

/**
 * A score of both sides.
 *
 * @param first of the first side
 * @param second of the second
 * @param paired how sure the difference is; null where there are no predictions to tell it by
 */
public record ScoreDifference(double first, double second, PairedDifference paired) {

    /** How much more the second side has. */
    public double difference() {
        return second - first;
    }
}
