package org.t5j.data.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into sentences by rules: after {@code .}, {@code ?} or {@code !}, closing quotes and brackets included, where
 * a blank follows; not after an abbreviation, an initial or where a small letter goes on after a full stop. A line feed
 * always ends a sentence, and so do the full stops of Chinese and Japanese.
 *
 * <p>C4's code asks NLTK's Punkt with its English parameters instead. The two agree on C4's own test cases; Punkt knows
 * more abbreviations, which matters for the rule of three sentences only where a page hardly has any.
 */
public final class Sentences {
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "messrs", "dr", "prof", "rev", "hon", "gen", "col", "capt", "lt", "sgt", "maj", "cpl",
            "sen", "rep", "gov", "pres", "st", "mt", "jr", "sr", "esq", "co", "corp", "inc", "ltd", "bros", "vs", "etc",
            "cf", "al", "ca", "no", "nos", "vol", "vols", "fig", "figs", "pp", "ed", "eds", "jan", "feb", "mar", "apr",
            "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "e.g", "i.e", "a.m", "p.m", "u.s", "u.k", "ph.d");
    private static final String CLOSING = "\"')]}”’»";

    private Sentences() {}

    /** The sentences of a text, without blanks around them; none is empty. */
    public static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        for (int end = end(text, start); start < text.length(); end = end(text, start)) {
            String sentence = Whitespace.strip(text, start, end);
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }

    /** Where the sentence that starts at {@code start} ends, exclusive. */
    private static int end(String text, int start) {
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '。' || c == '！' || c == '？') {
                return at + 1;
            }
            if (c == '.' || c == '?' || c == '!') {
                int after = afterMarks(text, at);
                if (after == text.length() || Whitespace.isBlank(text.charAt(after)) && ends(text, start, at, after)) {
                    return after;
                }
                at = after - 1;
            }
        }
        return text.length();
    }

    private static int afterMarks(String text, int at) {
        int after = at;
        while (after < text.length() && ".?!".indexOf(text.charAt(after)) >= 0) {
            after++;
        }
        while (after < text.length() && CLOSING.indexOf(text.charAt(after)) >= 0) {
            after++;
        }
        return after;
    }

    /** Whether marks at {@code [at, after)}, with a blank behind them, end the sentence that began at {@code start}. */
    private static boolean ends(String text, int start, int at, int after) {
        if (text.substring(at, after).chars().anyMatch(c -> c == '?' || c == '!')) {
            return true;
        }
        int next = after;
        while (next < text.length() && text.charAt(next) != '\n' && Whitespace.isBlank(text.charAt(next))) {
            next++;
        }
        if (next < text.length() && Character.isLowerCase(text.charAt(next))) {
            return false;
        }
        return after > at + 1 || !isAbbreviation(wordBefore(text, start, at));
    }

    private static String wordBefore(String text, int start, int at) {
        int from = at;
        while (from > start
                && !Whitespace.isBlank(text.charAt(from - 1))
                && "([\"“'".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        return text.substring(from, at);
    }

    private static boolean isAbbreviation(String word) {
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
        return initial || word.length() <= 6 && ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }
}
