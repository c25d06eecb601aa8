package org.t5j.data.preprocess;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** The preprocessors that most tasks are made of. */
public final class Preprocessors {
    private Preprocessors() {}

    /** Changes every example by a function. */
    public static Preprocessor map(UnaryOperator<Example> function) {
        return example -> List.of(function.apply(example));
    }

    /** Keeps the examples that satisfy the predicate. */
    public static Preprocessor filter(Predicate<Example> keep) {
        return example -> keep.test(example) ? List.of(example) : List.of();
    }

    /** Puts {@code prefix} in front of the inputs; T5's way to tell tasks apart. Write its trailing space yourself. */
    public static Preprocessor prefix(String prefix) {
        return map(example -> example.with(Example.INPUTS, prefix + example.inputs()));
    }

    /**
     * seqio's {@code rekey}: new fields from old ones; fields that are not named are dropped.
     *
     * @param newToOld new field name → the field whose text it takes
     */
    public static Preprocessor rekey(Map<String, String> newToOld) {
        return map(example -> {
            Map<String, String> fields = new LinkedHashMap<>();
            newToOld.forEach((name, old) -> fields.put(name, example.get(old)));
            return new Example(fields, example.lists(), example.origin());
        });
    }

    /**
     * Makes the inputs and the targets from columns, such as {@code "translate English to German: {en}"} and {@code
     * "{de}"}, and keeps the columns (metrics may want them).
     *
     * @throws DataException if a brace of a template has no partner
     */
    public static Preprocessor templates(String inputs, String targets) {
        return templates(Template.of(inputs), Template.of(targets));
    }

    /** {@link #templates(String, String)} of templates. */
    public static Preprocessor templates(Template inputs, Template targets) {
        return map(example ->
                example.with(Example.INPUTS, inputs.fill(example)).with(Example.TARGETS, targets.fill(example)));
    }

    /**
     * Replaces the values of a column by their names, such as {@code 1} by {@code positive}.
     *
     * @param names value → name
     * @throws DataException on applying it to a value without a name; the message says where it stands
     */
    public static Preprocessor labels(String column, Map<String, String> names) {
        return map(example -> {
            String name = names.get(example.get(column));
            DataException.check(
                    name != null,
                    "%s has '%s' in column '%s', but only %s have names. Name it in 'labels', or correct the file.",
                    example.origin(),
                    example.get(column),
                    column,
                    names.keySet());
            return example.with(column, name);
        });
    }

    /** Changes the text of every column. */
    public static Preprocessor everyColumn(UnaryOperator<String> function) {
        return map(example -> {
            Map<String, String> fields = new LinkedHashMap<>();
            example.fields().forEach((name, text) -> fields.put(name, function.apply(text)));
            return new Example(fields, example.lists(), example.origin());
        });
    }

    /** Takes the inputs and the targets from two fields and keeps the others (metrics may want them). */
    public static Preprocessor inputsAndTargets(String inputsField, String targetsField) {
        return map(example -> example.with(Example.INPUTS, example.get(inputsField))
                .with(Example.TARGETS, example.get(targetsField)));
    }
}
