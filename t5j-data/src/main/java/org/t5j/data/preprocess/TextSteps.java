package org.t5j.data.preprocess;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.t5j.data.Registry;

/** Functions of text by name, for what is read and for what is scored. */
public final class TextSteps {
    private static final Registry<UnaryOperator<String>> REGISTRY = new Registry<UnaryOperator<String>>("text step")
            .add("lower", text -> text.toLowerCase(Locale.ROOT))
            .add("strip", String::strip)
            .add("collapse", text -> text.strip().replaceAll("\\s+", " "))
            .add("first_word", text -> text.strip().replaceFirst("(?s)\\s.*", ""))
            .add("first_line", text -> text.strip().replaceFirst("(?s)\\R.*", ""));

    private TextSteps() {}

    /**
     * The function of that name.
     *
     * @throws org.t5j.data.DataException if there is none; the message names the nearest
     */
    public static UnaryOperator<String> named(String name) {
        return REGISTRY.get(name);
    }

    /** All functions of those names, one after the other. */
    public static UnaryOperator<String> all(List<String> names) {
        List<UnaryOperator<String>> steps = names.stream().map(TextSteps::named).toList();
        return text -> {
            String result = text;
            for (UnaryOperator<String> step : steps) {
                result = step.apply(result);
            }
            return result;
        };
    }

    /** All names. */
    public static Set<String> names() {
        return REGISTRY.names();
    }
}
