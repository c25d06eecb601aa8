package org.t5j.data.metric;

import java.util.regex.Pattern;
import org.t5j.data.DataException;

/** Class numbers written as text: {@code 0}, {@code 1}, …; {@code False} and {@code True} stand for 0 and 1. */
final class ClassNumber {
    private static final int INVALID = -1;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private ClassNumber() {}

    /** The class that was predicted, or a negative number if it is none of {@code 0 … classes - 1}. */
    static int predicted(Scored result, int classes) {
        int number = of(result.prediction());
        return number < classes ? number : INVALID;
    }

    /**
     * The class that should have been predicted.
     *
     * @param metric for the message
     * @throws DataException if the target is none of {@code 0 … classes - 1}
     */
    static int wanted(Scored result, int classes, String metric) {
        int number = of(result.target());
        DataException.check(
                number >= 0 && number < classes,
                "Metric '%s' compares class numbers from 0 to %d, but the target of %s is '%s'."
                        + " Let a postprocessor turn labels into numbers, or take f1_macro, which takes any text.",
                metric,
                classes - 1,
                result.example().origin(),
                result.target());
        return number;
    }

    private static int of(String text) {
        return switch (text) {
            case "False" -> 0;
            case "True" -> 1;
            default -> DIGITS.matcher(text).matches() ? Integer.parseInt(text) : INVALID;
        };
    }
}
