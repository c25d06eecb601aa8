package org.t5j.train.evaluate;

/**
 * How far the scores of two models on the same examples lie apart.
 *
 * @param first score of the first
 * @param second score of the second
 * @param interval of the difference
 * @param pValue how often samples differ from the mean difference by the observed one or more, above 0 … 1; 1 for equal
 *     models
 */
public record PairedDifference(double first, double second, Interval interval, double pValue) {

    /** How much more the second has. */
    public double difference() {
        return second - first;
    }
}
