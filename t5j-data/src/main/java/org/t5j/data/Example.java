package org.t5j.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One example as text: named fields, and where it came from. Immutable. A {@code Task} ends with the fields
 * {@link #INPUTS} and {@link #TARGETS}; sources may deliver any others.
 *
 * @param fields field name → text, in the order of the source
 * @param lists field name → texts, for what has several, such as the accepted answers to a question; no name is in both
 * @param origin where the example was read, such as {@code train.tsv:12}; quoted in errors
 */
public record Example(Map<String, String> fields, Map<String, List<String>> lists, String origin) {

    /** The field that the encoder reads. */
    public static final String INPUTS = "inputs";

    /** The field that the decoder learns to write. */
    public static final String TARGETS = "targets";

    public Example {
        fields = inOrder(fields);
        Map<String, List<String>> copies = new LinkedHashMap<>();
        lists.forEach((name, texts) -> copies.put(name, List.copyOf(texts)));
        lists = inOrder(copies);
    }

    private static <T> Map<String, T> inOrder(Map<String, T> map) {
        return map.size() < 2 ? Map.copyOf(map) : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** An example without lists. */
    public Example(Map<String, String> fields, String origin) {
        this(fields, Map.of(), origin);
    }

    /** An example made in memory. */
    public static Example of(String inputs, String targets) {
        return new Example(Map.of(), "an example in memory")
                .with(INPUTS, inputs)
                .with(TARGETS, targets);
    }

    /**
     * The text of a field.
     *
     * @throws DataException if there is no such field
     */
    public String get(String field) {
        String value = fields.get(field);
        DataException.check(
                value != null,
                "%s has no field '%s' (it has %s). Is it of the right file? Name one of those fields; from Java, a preprocessor may make"
                        + " the field.",
                origin,
                field,
                fields.keySet());
        return value;
    }

    /** A copy with one field set. */
    public Example with(String field, String value) {
        Map<String, String> copy = new LinkedHashMap<>(fields);
        copy.put(field, value);
        return new Example(copy, lists, origin);
    }

    /**
     * The texts of a field that has several.
     *
     * @throws DataException if there is no such list
     */
    public List<String> list(String field) {
        List<String> texts = lists.get(field);
        DataException.check(
                texts != null,
                "%s has no list '%s' (its lists are %s). Name one of those, or make the list in a preprocessor.",
                origin,
                field,
                lists.keySet());
        return texts;
    }

    /** A copy with one list set. */
    public Example with(String field, List<String> texts) {
        Map<String, List<String>> copy = new LinkedHashMap<>(lists);
        copy.put(field, texts);
        return new Example(fields, copy, origin);
    }

    /** The text that the encoder reads. */
    public String inputs() {
        return get(INPUTS);
    }

    /** The text that the decoder learns to write. */
    public String targets() {
        return get(TARGETS);
    }
}
