package org.t5j.data.task.study;

import java.util.Locale;
import java.util.regex.Pattern;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.task.Postprocessor;

/**
 * Similarity scores as texts: T5 treats the regression of STS-B as 26 classes, 0.0 to 5.0 in steps of a fifth. Predictions
 * and targets are compared as numbers.
 */
final class Similarity implements Postprocessor {
    /** What Python's {@code float} takes, but for infinities; Java's own would take {@code 3f} too. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final String NOT_A_NUMBER = "-1.0";

    @Override
    public String prediction(String text, Example example) {
        return number(text);
    }

    @Override
    public boolean hasLabel(Example example) {
        return !example.targets().equals(NOT_A_NUMBER);
    }

    /**
     * The target of a score: rounded to the nearest fifth in single precision, ties to the even one, one decimal; {@code
     * -1.0} if there is none.
     *
     * @throws DataException if the label is not a number
     */
    static String target(Example example) {
        String label = example.fields().getOrDefault(ClassLabels.LABEL, "").strip();
        if (label.isEmpty()) {
            return NOT_A_NUMBER;
        }
        try {
            float fifths = (float) Math.rint(Float.parseFloat(label) * 5f);
            return String.format(Locale.ROOT, "%.1f", fifths / 5f);
        } catch (NumberFormatException e) {
            throw new DataException(
                    example.origin() + " has the similarity '" + label
                            + "', but it must be a number from 0 to 5. Mend the line.",
                    e);
        }
    }

    /** Upstream's {@code string_to_float}: the number that a text is, or -1. */
    static String number(String text) {
        return NUMBER.matcher(text.strip()).matches() ? Double.toString(Double.parseDouble(text)) : NOT_A_NUMBER;
    }
}
