package org.t5j.data.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A text as ROUGE compares it. A word is a run of the letters a to z, after lower-casing, and digits; all others part words,
 * so a text in another script has none. Sentences end at line feeds.
 *
 * @param words numbers of the words
 * @param sentences the same by sentence
 */
record RougeText(int[] words, List<int[]> sentences) {
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");
    private static final Pattern LINE_FEED = Pattern.compile("\n");

    /**
     * @param stem applied to words of more than three letters
     * @param numbers of words met so far; new ones are added
     */
    static RougeText of(String text, UnaryOperator<String> stem, Map<String, Integer> numbers) {
        List<int[]> sentences = LINE_FEED
                .splitAsStream(text)
                .map(line -> NO_WORD.splitAsStream(line.toLowerCase(Locale.ROOT))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.length() > 3 ? stem.apply(word) : word)
                        .mapToInt(word -> numbers.computeIfAbsent(word, key -> numbers.size()))
                        .toArray())
                .toList();
        int[] words = sentences.stream().flatMapToInt(Arrays::stream).toArray();
        return new RougeText(words, sentences);
    }
}
