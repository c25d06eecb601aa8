package org.t5j.data.metric;

import java.util.Locale;
import org.t5j.data.DataException;

/**
 * What BLEU takes for the precision of an order of which no n-gram matches (Chen and Cherry 2014), as sacrebleu has it.
 *
 * @param method how
 * @param value of {@link Method#FLOOR} and {@link Method#ADD_K}, not negative; the others ignore it
 */
public record BleuSmoothing(Method method, double value) {

    /** Ways to smooth. */
    public enum Method {
        /** Precision 0, so the score is 0. */
        NONE,
        /** {@code value} matches. */
        FLOOR,
        /** {@code value} more matches and n-grams, of every order above 1. */
        ADD_K,
        /** Half a match, then a quarter, … : mteval's, sacrebleu's default. */
        EXP
    }

    /** No smoothing. */
    public static final BleuSmoothing NONE = new BleuSmoothing(Method.NONE, 0);

    /** mteval's, sacrebleu's default. */
    public static final BleuSmoothing EXP = new BleuSmoothing(Method.EXP, 0);

    public BleuSmoothing {
        DataException.check(
                value >= 0 && Double.isFinite(value),
                "BLEU's smoothing value must be a number of at least 0, found %s. sacrebleu takes 0.1 for floor, 1 for add-k.",
                value);
    }

    /** {@code value} matches where there is none; sacrebleu's default is 0.1. */
    public static BleuSmoothing floor(double value) {
        return new BleuSmoothing(Method.FLOOR, value);
    }

    /** {@code value} more matches and n-grams; sacrebleu's default is 1. */
    public static BleuSmoothing addK(double value) {
        return new BleuSmoothing(Method.ADD_K, value);
    }

    /** As in {@code smooth:floor[0.10]}. */
    String label() {
        return switch (method) {
            case NONE -> "none";
            case EXP -> "exp";
            case FLOOR -> String.format(Locale.ROOT, "floor[%.2f]", value);
            case ADD_K -> String.format(Locale.ROOT, "add-k[%.2f]", value);
        };
    }
}
