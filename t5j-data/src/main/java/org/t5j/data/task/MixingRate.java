package org.t5j.data.task;

import org.t5j.data.DataException;

/**
 * How often a mixture samples a part, as a function of the part's number of training examples. Only the ratios of the
 * rates matter.
 */
@FunctionalInterface
public interface MixingRate {

    /** The rate of a part with that many training examples; above 0. */
    double rate(long examples);

    /** The same rate whatever the size. */
    static MixingRate constant(double rate) {
        DataException.check(
                rate > 0 && rate < Double.POSITIVE_INFINITY, "A mixing rate is %s, but must be above 0.", rate);
        return examples -> rate;
    }

    /** Every part as often as every other. */
    static MixingRate equal() {
        return constant(1);
    }

    /**
     * Proportional to the number of examples: seqio's {@code mixing_rate_num_examples}, {@code min(examples·scale,
     * maximum)^(1/temperature)} (Raffel et al. 2020, section 3.5.2).
     *
     * @param maximum the artificial limit K on the size of a task; infinity for none
     * @param scale factor on the number of examples, before the limit
     * @param temperature 1 is proportional, larger is more equal, infinity equal
     */
    static MixingRate proportional(double maximum, double scale, double temperature) {
        checkAboveZero("maximum", maximum);
        checkAboveZero("scale", scale);
        checkAboveZero("temperature", temperature);
        return examples -> Math.pow(Math.min(examples * scale, maximum), 1 / temperature);
    }

    private static void checkAboveZero(String name, double value) {
        DataException.check(
                value > 0,
                "Proportional mixing has %s %s, but it must be above 0. Leave it out if it is to have no effect.",
                name,
                value);
    }
}
