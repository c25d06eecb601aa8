package org.t5j.data.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * {@code squad} and {@code trivia_qa}: how well short answers match the best of the accepted ones, after normalisation, in
 * percent; {@code em} is the share that equals one, {@code f1} the mean F1 of their words. The numbers of T5's {@code
 * qa_metrics}: an answer of which nothing is left has {@code f1} 0 even where that is right.
 */
public final class Answers implements SummedMetric {
    private static final String PUNCTUATION = "!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~";
    private static final Pattern SQUAD_PUNCTUATION = Pattern.compile("[" + PUNCTUATION + "]");
    private static final Pattern TRIVIA_QA_PUNCTUATION = Pattern.compile("[" + PUNCTUATION + "‘’´]");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    private final UnaryOperator<String> normalize;

    private Answers(UnaryOperator<String> normalize) {
        this.normalize = normalize;
    }

    /** Normalises as SQuAD's script. */
    public static Answers squad() {
        return new Answers(Answers::normalizeSquad);
    }

    /** Normalises as TriviaQA's script. */
    public static Answers triviaQa() {
        return new Answers(Answers::normalizeTriviaQa);
    }

    /** In this order: lower case, ASCII punctuation dropped, articles dropped, white space made single. */
    static String normalizeSquad(String text) {
        return normalize(text, SQUAD_PUNCTUATION, "");
    }

    /** As for SQuAD, but punctuation, with more quotes, becomes white space. */
    static String normalizeTriviaQa(String text) {
        return normalize(text, TRIVIA_QA_PUNCTUATION, " ");
    }

    private static String normalize(String text, Pattern punctuation, String replacement) {
        String bare = punctuation.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(replacement);
        String others = WORD.matcher(bare).replaceAll(word -> ARTICLES.contains(word.group()) ? " " : "$0");
        return String.join(" ", Words.of(others));
    }

    @Override
    public List<String> scoreNames(String name) {
        return List.of("em", "f1");
    }

    @Override
    public double[] statistics(Scored result) {
        String prediction = normalize.apply(result.prediction());
        List<String> targets = result.targets().stream().map(normalize).toList();
        double f1 = targets.stream()
                .mapToDouble(target -> wordF1(Words.of(target), Words.of(prediction)))
                .max()
                .orElseThrow();
        return new double[] {targets.contains(prediction) ? 1 : 0, f1};
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        return Map.of("em", 100.0 * sums[0] / examples, "f1", sums[1] / examples);
    }

    private static double wordF1(List<String> target, List<String> prediction) {
        Map<String, Integer> left = new HashMap<>();
        target.forEach(word -> left.merge(word, 1, Integer::sum));
        long common = prediction.stream()
                .filter(word -> left.merge(word, -1, Integer::sum) >= 0)
                .count();
        return F1.percent(common, prediction.size(), target.size());
    }
}
