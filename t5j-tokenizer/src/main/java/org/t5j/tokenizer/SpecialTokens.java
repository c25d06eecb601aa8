package org.t5j.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokens that are recognised in text before segmentation, as Hugging Face's slow {@code T5Tokenizer} does: the
 * sentinels, which swallow the white space around them, and the control and unknown pieces, which do not.
 */
final class SpecialTokens {

    private static final String PYTHON_SPACES_BEYOND_ASCII =
            "\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A"
                    + "\u2028\u2029\u202F\u205F\u3000";

    private final Map<String, Integer> ids = new HashMap<>();
    private final Pattern pattern;
    private final int firstSentinelId;

    /** A special token, or with {@code id == -1} the text between two of them. */
    record Part(int id, String text) {
        boolean isText() {
            return id < 0;
        }
    }

    /**
     * @param pieces special pieces of the vocabulary and their ids
     * @param sentinels number of sentinels
     * @param firstSentinelId the lowest id of a sentinel, that of the highest index
     */
    SpecialTokens(Map<String, Integer> pieces, int sentinels, int firstSentinelId) {
        ids.putAll(pieces);
        for (int i = 0; i < sentinels; i++) {
            ids.put(sentinel(i), firstSentinelId + sentinels - 1 - i);
        }
        this.firstSentinelId = firstSentinelId;
        pattern = Pattern.compile(
                pieces.keySet().stream().sorted().map(Pattern::quote).collect(Collectors.joining("|"))
                        + "|<extra_id_\\d+>");
    }

    static String sentinel(int index) {
        return "<extra_id_" + index + ">";
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
            boolean strips = id >= firstSentinelId;
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
        while (stripStart && start < end && isPythonSpace(text.charAt(start))) {
            start++;
        }
        while (stripEnd && start < end && isPythonSpace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            parts.add(new Part(-1, text.substring(start, end)));
        }
    }

    /** True for what Python's {@code str.strip} takes away. */
    private static boolean isPythonSpace(char c) {
        return c <= ' ' ? c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1C : PYTHON_SPACES_BEYOND_ASCII.indexOf(c) >= 0;
    }
}
