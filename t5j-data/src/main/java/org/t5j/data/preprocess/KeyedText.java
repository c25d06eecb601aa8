package org.t5j.data.preprocess;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * T5's text for classification: a name, then each field with its own name, as in {@code "mnli hypothesis: H premise: P"}.
 * Becomes the inputs; other fields stay.
 *
 * @param name what the inputs begin with
 * @param fields the fields, in the order they are written
 */
public record KeyedText(String name, List<String> fields) implements Preprocessor {

    public KeyedText {
        fields = List.copyOf(fields);
        DataException.check(!fields.isEmpty(), "The text of '%s' needs the names of its fields.", name);
    }

    /** The fields sorted by name, as upstream writes them unless an order is given: a hypothesis before its premise. */
    public static KeyedText sorted(String name, String... fields) {
        return new KeyedText(name, Stream.of(fields).sorted().toList());
    }

    @Override
    public List<Example> apply(Example example) {
        String text = fields.stream()
                .map(field -> " " + field + ": " + example.get(field))
                .collect(Collectors.joining("", name, ""));
        return List.of(example.with(Example.INPUTS, text));
    }
}
