package org.t5j.data.preprocess;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * The names of a task's classes. Data sets write a label as the class's number, as its name, or, for False and True, as a
 * JSON boolean; unlabelled test sets write -1 or nothing.
 *
 * @param names the classes' names, class 0 first
 */
public record ClassLabels(List<String> names) {

    /** The field that data sets keep the label in. */
    public static final String LABEL = "label";

    /** The number of an example without a label. */
    public static final int NONE = -1;

    /** The target of an example without a label. */
    public static final String UNKNOWN = "<unk>";

    public ClassLabels {
        names = List.copyOf(names);
        DataException.check(names.size() >= 2, "Classes %s: a classification needs at least two.", names);
    }

    /** Classes of those names, class 0 first. */
    public static ClassLabels of(String... names) {
        return new ClassLabels(List.of(names));
    }

    /** Takes the target from the field {@link #LABEL}. */
    public Preprocessor targets() {
        return Preprocessors.map(example -> example.with(Example.TARGETS, target(example)));
    }

    /** The name of an example's class, or {@link #UNKNOWN} if it has none. */
    public String target(Example example) {
        int number = number(example);
        return number == NONE ? UNKNOWN : names.get(number);
    }

    /**
     * The number of an example's class, or {@link #NONE}.
     *
     * @throws DataException if the label is neither a class's number nor its name
     */
    public int number(Example example) {
        String label = example.fields().getOrDefault(LABEL, "").strip();
        if (label.isEmpty() || label.equals("-1")) {
            return NONE;
        }
        OptionalInt number = IntStream.range(0, names.size())
                .filter(i -> label.equalsIgnoreCase(names.get(i)) || label.equals(Integer.toString(i)))
                .findFirst();
        DataException.check(
                number.isPresent(),
                "%s has the label '%s', but its classes are %s. Write a name, a number from 0 to %d, or -1 for none.",
                example.origin(),
                label,
                names,
                names.size() - 1);
        return number.getAsInt();
    }
}
