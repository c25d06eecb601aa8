package org.t5j.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tokens that are recognised in text before segmentation, as Hugging Face's slow tokenizers do: sentinels, control
 * and unknown pieces, some of which swallow the white space around them.
 */
final class SpecialTokens {

    private static final String SENTINEL_START = "<extra_id_";

    private final Map<String, Integer> ids = new HashMap<>();
    private final Pattern pattern;
    private final IntPredicate swallowsSpace;

    /** A special token, or with {@code id == -1} the text between two of them. */
    record Part(int id, String text) {
        boolean isText() {
            return id < 0;
        }
    }

    /**
     * @param tokens names and ids; of the form {@code <extra_id_N>}, or else few
     * @param swallowsSpace whether the token of an id takes the white space around it away
     */
    SpecialTokens(Map<String, Integer> tokens, IntPredicate swallowsSpace) {
        ids.putAll(tokens);
        this.swallowsSpace = swallowsSpace;
        pattern = Pattern.compile(Stream.concat(
                        tokens.keySet().stream()
                                .filter(name -> !name.startsWith(SENTINEL_START))
                                .sorted()
                                .map(Pattern::quote),
                        Stream.of(SENTINEL_START + "\\d+>"))
                .collect(Collectors.joining("|")));
    }

    static String sentinel(int index) {
        return SENTINEL_START + index + ">";
    }

    /** True if there is a special token in {@code text}. */
    boolean occurIn(String text) {
        return text.indexOf('<') >= 0 && pattern.matcher(text).find();
    }

    /** {@code text} cut at its special tokens; text that is empty is left out. */
    List<Part> split(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int at = 0;
        boolean stripStart = false;
        while (matcher.find()) {
            Integer id = ids.get(matcher.group());
            if (id == null) {
                continue;
            }
            boolean strips = swallowsSpace.test(id);
            addText(parts, text.substring(at, matcher.start()), stripStart, strips);
            parts.add(new Part(id, matcher.group()));
            stripStart = strips;
            at = matcher.end();
        }
        addText(parts, text.substring(at), stripStart, false);
        return parts;
    }

    private static void addText(List<Part> parts, String text, boolean stripStart, boolean stripEnd) {
        int start = 0;
        int end = text.length();
        while (stripStart && start < end && PythonText.isSpace(text.charAt(start))) {
            start++;
        }
        while (stripEnd && start < end && PythonText.isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            parts.add(new Part(-1, text.substring(start, end)));
        }
    }
}
