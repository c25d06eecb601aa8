package org.t5j.data.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * {@code bleu}: corpus BLEU of 1- to 4-grams with one reference, exponential smoothing and case, the numbers of
 * sacrebleu's {@code corpus_bleu} (Post 2018), 0 … 100.
 */
public final class Bleu implements Metric {
    private static final int ORDER = 4;

    /** sacrebleu's ways to split words off their punctuation. */
    public enum Tokenization {
        /** The text is tokenized already. */
        NONE(UnaryOperator.identity()),
        /** {@code 13a}, of WMT's mteval-v13a; sacrebleu's default. */
        THIRTEEN_A(Bleu::thirteenA),
        /** {@code intl}, by Unicode's classes; T5's translation tasks use it. */
        INTERNATIONAL(Bleu::international);

        private final UnaryOperator<String> tokenize;

        Tokenization(UnaryOperator<String> tokenize) {
            this.tokenize = tokenize;
        }
    }

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String regex, String replacement) {
            return new Rule(Pattern.compile(regex), replacement);
        }
    }

    private static final List<Rule> THIRTEEN_A_RULES = List.of(
            Rule.of("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])", " $1 "),
            Rule.of("([^0-9])([\\.,])", "$1 $2 "),
            Rule.of("([\\.,])([^0-9])", " $1 $2"),
            Rule.of("([0-9])(-)", "$1 $2 "));

    private static final List<Rule> INTERNATIONAL_RULES = List.of(
            Rule.of("(\\P{N})(\\p{P})", "$1 $2 "), Rule.of("(\\p{P})(\\P{N})", " $1 $2"), Rule.of("(\\p{S})", " $1 "));

    private final Tokenization tokenization;

    public Bleu(Tokenization tokenization) {
        this.tokenization = tokenization;
    }

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        long[] matches = new long[ORDER];
        long[] totals = new long[ORDER];
        long targetLength = 0;
        long predictionLength = 0;
        for (int i = 0; i < results.size(); i++) {
            List<String> target = words(results.get(i).target());
            List<String> prediction = words(results.get(i).prediction());
            targetLength += target.size();
            predictionLength += prediction.size();
            for (int n = 1; n <= ORDER; n++) {
                totals[n - 1] += Math.max(prediction.size() - n + 1, 0);
                matches[n - 1] += matches(ngrams(target, n), ngrams(prediction, n));
            }
        }
        return Map.of("bleu", score(matches, totals, targetLength, predictionLength));
    }

    private List<String> words(String text) {
        return Words.of(tokenization.tokenize.apply(Words.stripTrailing(text)));
    }

    private static Map<List<String>, Integer> ngrams(List<String> words, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= words.size(); i++) {
            counts.merge(words.subList(i, i + n), 1, Integer::sum);
        }
        return counts;
    }

    private static long matches(Map<List<String>, Integer> target, Map<List<String>, Integer> prediction) {
        return prediction.entrySet().stream()
                .mapToLong(entry -> Math.min(entry.getValue(), target.getOrDefault(entry.getKey(), 0)))
                .sum();
    }

    private static double score(long[] matches, long[] totals, long targetLength, long predictionLength) {
        if (Arrays.stream(matches).allMatch(count -> count == 0)
                || Arrays.stream(totals).anyMatch(count -> count == 0)) {
            return 0;
        }
        double logSum = 0;
        double smoothing = 1;
        for (int n = 0; n < ORDER; n++) {
            if (matches[n] == 0) {
                smoothing *= 2;
            }
            double precision = matches[n] == 0 ? 1 / (smoothing * totals[n]) : (double) matches[n] / totals[n];
            logSum += Math.log(precision);
        }
        double brevity = predictionLength < targetLength ? Math.exp(1 - (double) targetLength / predictionLength) : 1;
        return 100 * brevity * Math.exp(logSum / ORDER);
    }

    private static String thirteenA(String line) {
        String text = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
        if (text.contains("&")) {
            text = text.replace("&quot;", "\"")
                    .replace("&amp;", "&")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">");
        }
        return apply(THIRTEEN_A_RULES, " " + text + " ");
    }

    private static String international(String line) {
        return apply(INTERNATIONAL_RULES, line);
    }

    private static String apply(List<Rule> rules, String text) {
        for (Rule rule : rules) {
            text = rule.pattern().matcher(text).replaceAll(rule.replacement());
        }
        return text;
    }
}
