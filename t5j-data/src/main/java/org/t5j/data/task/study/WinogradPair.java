package org.t5j.data.task.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.Preprocessor;

/**
 * Upstream's {@code wnli_simple}: asks a WNLI pair in the format of {@link WinogradText}. The pronoun of the first sentence
 * is the one whose surroundings occur in the second for longest; what stands there in the second is the target. Verified
 * upstream for the validation and test sets alone, so not for training.
 */
final class WinogradPair implements Preprocessor {
    private static final Set<String> PRONOUNS = Set.of("he", "she", "they", "it", "her", "his", "their", "them", "him");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Pattern LAST_MARK = Pattern.compile("[.,?!]$");

    /** A pronoun's place among the words, how many words around it match, and what replaces it: perhaps nothing. */
    private record Match(int place, int score, String candidate) {}

    @Override
    public List<Example> apply(Example example) {
        String premise = example.get("sentence1");
        String hypothesis = example.get("sentence2");
        List<String> words = words(premise);
        Optional<Match> best = IntStream.range(0, words.size())
                .filter(i -> PRONOUNS.contains(words.get(i)))
                .mapToObj(i -> match(words, i, words(hypothesis)))
                .max(Comparator.comparingInt(Match::score).thenComparing(match -> -match.place()));
        DataException.check(
                best.isPresent(),
                "%s: '%s' has none of the pronouns %s. Only WNLI's validation and test sets can be asked this way.",
                example.origin(),
                premise,
                PRONOUNS);
        return List.of(example.with(
                        Example.INPUTS, "wsc: " + marked(premise, best.get().place()))
                .with(Example.TARGETS, referent(best.get().candidate(), hypothesis)));
    }

    private static List<String> words(String sentence) {
        return Stream.of(sentence.strip().toLowerCase(Locale.ROOT).split(" "))
                .map(word -> LAST_MARK.matcher(word).replaceAll(""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Match match(List<String> premise, int place, List<String> hypothesis) {
        List<String> before = premise.subList(0, place);
        List<String> after = premise.subList(place + 1, premise.size());
        int matchingBefore = matchingPrefix(reversed(before), reversed(hypothesis));
        int matchingAfter = matchingPrefix(after, hypothesis);
        String left = quoted(before.subList(before.size() - matchingBefore, before.size()), "", " ");
        String right = quoted(after.subList(0, matchingAfter), " ", "");
        String text = String.join(" ", hypothesis);
        int score = matchingBefore + matchingAfter;
        String candidate = score == 0
                ? ""
                : Stream.of(left + "(.+)" + right, "^(.+)" + right, left + "(.+)$")
                        .map(pattern -> Pattern.compile(pattern).matcher(text))
                        .filter(Matcher::find)
                        .map(matcher -> matcher.group(1))
                        .findFirst()
                        .orElse("");
        return new Match(place, score, candidate);
    }

    /** How many of the first words occur in the text together; the last of them perhaps as part of a word. */
    private static int matchingPrefix(List<String> words, List<String> text) {
        String joined = String.join(" ", text);
        int size = 0;
        while (size < words.size() && joined.contains(String.join(" ", words.subList(0, size + 1)))) {
            size++;
        }
        return size;
    }

    private static List<String> reversed(List<String> words) {
        List<String> copy = new ArrayList<>(words);
        Collections.reverse(copy);
        return copy;
    }

    private static String quoted(List<String> words, String prefix, String suffix) {
        return words.isEmpty() ? "" : prefix + Pattern.quote(String.join(" ", words)) + suffix;
    }

    private static String marked(String sentence, int place) {
        String[] words = sentence.split(" ", -1);
        words[place] = LAST_MARK.matcher(words[place]).find()
                ? words[place].replaceAll("^(.*)(.)$", "*$1* $2")
                : "*" + words[place] + "*";
        return String.join(" ", words);
    }

    /** The candidate from its last article on, spelled as in the hypothesis, without a mark or possessive at its end. */
    private static String referent(String candidate, String hypothesis) {
        List<String> words = Arrays.asList(candidate.split(" ", -1));
        int article = ARTICLES.stream().mapToInt(words::indexOf).max().orElse(0);
        String spelled = words.subList(Math.max(0, article), words.size()).stream()
                .map(word -> Pattern.quote(word) + "[.,?!]?")
                .collect(Collectors.joining(" "));
        Matcher found = Pattern.compile(spelled, Pattern.CASE_INSENSITIVE).matcher(hypothesis);
        return found.find() ? found.group().replaceFirst("[.,?!]$", "").replaceFirst("('|'s)$", "") : "";
    }
}
