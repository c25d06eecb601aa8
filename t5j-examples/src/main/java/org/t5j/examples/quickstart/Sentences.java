package org.t5j.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plain sentences of a paragraph: of moderate length, without numbers, brackets or dashes. */
final class Sentences {
    private static final Pattern END = Pattern.compile("[.!?]+(?=\\s|$)");
    private static final Pattern PLAIN = Pattern.compile("[A-Z][A-Za-z ,;:'-]*[A-Za-z][.!?]");
    private static final Set<String> ABBREVIATIONS =
            Set.of("Mr", "Mrs", "Dr", "St", "Messrs", "Esq", "Capt", "Col", "Rev", "M", "D");
    private static final int MIN_WORDS = 4;
    private static final int MAX_WORDS = 18;

    private Sentences() {}

    static List<String> of(String paragraph) {
        String text = paragraph.replaceAll("[\"_]", "").replaceAll("\\s+", " ").strip();
        List<String> sentences = new ArrayList<>();
        Matcher end = END.matcher(text);
        int start = 0;
        while (end.find()) {
            if (!endsWithAbbreviation(text.substring(start, end.start()))) {
                addIfPlain(text.substring(start, end.end()).strip(), sentences);
                start = end.end();
            }
        }
        return sentences;
    }

    private static boolean endsWithAbbreviation(String text) {
        return ABBREVIATIONS.contains(text.substring(text.lastIndexOf(' ') + 1));
    }

    private static void addIfPlain(String sentence, List<String> sentences) {
        int words = sentence.split(" ").length;
        if (words >= MIN_WORDS
                && words <= MAX_WORDS
                && !sentence.contains("--")
                && PLAIN.matcher(sentence.replaceAll("\\b(Mr|Mrs|Dr|St)\\.", "$1"))
                        .matches()) {
            sentences.add(sentence);
        }
    }
}
