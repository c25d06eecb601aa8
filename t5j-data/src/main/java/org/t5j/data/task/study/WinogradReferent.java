package org.t5j.data.task.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.task.Postprocessor;

/**
 * Upstream's {@code wsc_simple} postprocessor: whether the model wrote the referent, 1 or 0, is compared with whether the
 * referent is the right one. Case and determiners do not count; of the prediction and the referent, one may have more
 * words than the other, but not a possessive. An empty prediction is -1, wrong whatever the label.
 *
 * @param labels False and True, by whatever names
 */
record WinogradReferent(ClassLabels labels) implements Postprocessor {
    private static final Set<String> DETERMINERS = Set.of(
            "a", "an", "few", "her", "his", "each", "every", "many", "much", "my", "our", "some", "that", "the",
            "their", "these", "this", "those", "which", "whose", "your");

    @Override
    public String prediction(String text, Example example) {
        String prediction = clean(text);
        if (prediction.isEmpty()) {
            return "-1";
        }
        String referent = clean(example.targets());
        return prediction.contains("'") == referent.contains("'") && matches(words(prediction), words(referent))
                ? "1"
                : "0";
    }

    @Override
    public List<String> targets(Example example) {
        return List.of(Integer.toString(labels.number(example)));
    }

    @Override
    public boolean hasLabel(Example example) {
        return labels.number(example) != ClassLabels.NONE;
    }

    private static String clean(String text) {
        return Arrays.stream(text.strip().toLowerCase(Locale.ROOT).split(" ", -1))
                .filter(word -> !DETERMINERS.contains(word))
                .collect(Collectors.joining(" "));
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.split(" ", -1)));
    }

    private static boolean matches(Set<String> prediction, Set<String> referent) {
        return prediction.containsAll(referent) || referent.containsAll(prediction);
    }
}
