package org.t5j.data.task.study;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.Preprocessor;

/**
 * Upstream's {@code wsc_simple}: the pronoun of a Winograd schema between stars, the referent as target, as in {@code
 * "wsc: Mitchell asked Tom if *he* could lend some money."} → {@code "Tom"}. The referent is the target whether it is the
 * right one or not, so training must keep only examples whose label is True.
 */
final class WinogradText implements Preprocessor {

    /** Texts of the data set whose pronoun is not where its index says, with the pronoun as X. */
    private static final Map<String, String> MISPLACED = Map.of(
            "The boy continued to whip the pony , and eventually the pony threw him over. John laughed out quite loud. "
                    + "\"Good for him,\" he said. ",
            "The boy continued to whip the pony , and eventually the pony threw him over. John laughed out quite loud. "
                    + "\"Good for X ,\" he said.",
            "When they had eventually calmed down a bit , and had gotten home, Mr. Farley put the magic pebble in an iron "
                    + "safe . Some day they might want to use it , but really for now, what more could they wish for?",
            "When they had eventually calmed down a bit , and had gotten home, Mr. Farley put the magic pebble in an iron "
                    + "safe . Some day they might want to use X , but really for now, what more could they wish for?");

    @Override
    public List<Example> apply(Example example) {
        String pronoun = example.get("span2_text");
        String text = withoutPronoun(example, pronoun).replace(" X ", " *" + pronoun + "* ");
        return List.of(example.with(Example.INPUTS, "wsc: " + text).with(Example.TARGETS, example.get("span1_text")));
    }

    private static String withoutPronoun(Example example, String pronoun) {
        String text = example.get("text");
        String special = MISPLACED.get(text);
        if (special != null) {
            return special;
        }
        String[] words = text.split(" ", -1);
        int place = place(example);
        DataException.check(
                place > 0 && place < words.length && words[place].equals(pronoun),
                "%s says that word %d of '%s' is the pronoun '%s', but it is not. Mend span2_index or span2_text; "
                        + "words are separated by single spaces and the first one, 0, cannot be the pronoun.",
                example.origin(),
                place,
                text,
                pronoun);
        words[place] = "X";
        return String.join(" ", Arrays.asList(words));
    }

    private static int place(Example example) {
        String index = example.get("span2_index");
        try {
            return Integer.parseInt(index.strip());
        } catch (NumberFormatException e) {
            throw new DataException(
                    example.origin() + " has span2_index '" + index + "', but it must be the number of a word.", e);
        }
    }
}
