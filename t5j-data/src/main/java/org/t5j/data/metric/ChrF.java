package org.t5j.data.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code chrf} and {@code chrf++}: F-score of character n-grams up to 6, and for {@code chrf++} word n-grams up to 2, where
 * recall weighs twice as much, 0 … 100: the numbers of sacrebleu's {@code corpus_chrf} (Popović 2015, 2017). Characters are
 * code points. Of several targets, the best for its prediction counts.
 */
public final class ChrF implements SummedMetric {
    private static final int CHARACTERS = 6;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final double EPSILON = 1e-16;

    /** What is counted for each order, first those of characters, then those of words. */
    private static final int COUNTS = 3;

    private static final int MATCHES = 0;
    private static final int PREDICTIONS = 1;
    private static final int TARGETS = 2;

    private final String name;
    private final ChrFConfig config;

    /** @param name of the score */
    public ChrF(String name, ChrFConfig config) {
        this.name = name;
        this.config = config;
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        return Map.of(name, score(sums));
    }

    @Override
    public Optional<String> signature(List<Scored> results) {
        return Optional.of(Signature.of(
                results,
                String.join(
                        "|",
                        Signature.letterCase(config.lowercase()),
                        Signature.yesOrNo("eff", !config.epsilon()),
                        "nc:" + CHARACTERS,
                        "nw:" + config.wordOrder(),
                        Signature.yesOrNo("space", config.whitespace()))));
    }

    @Override
    public double[] statistics(Scored result) {
        Ngrams characters = new Ngrams(CHARACTERS);
        Ngrams words = new Ngrams(config.wordOrder());
        int[][] predictedCharacters = characters.of(characters(result.prediction()));
        int[][] predictedWords = words.of(words(result.prediction()));
        double[] best = null;
        for (String target : result.targets()) {
            double[] counts = new double[COUNTS * (CHARACTERS + config.wordOrder())];
            count(characters, predictedCharacters, characters.of(characters(target)), counts, 0);
            count(words, predictedWords, words.of(words(target)), counts, COUNTS * CHARACTERS);
            if (best == null || score(counts) > score(best)) {
                best = counts;
            }
        }
        return best;
    }

    private static void count(Ngrams ngrams, int[][] prediction, int[][] target, double[] counts, int from) {
        long[] matches = Ngrams.matches(prediction, ngrams.counts(target));
        for (int n = 0; n < matches.length; n++) {
            int order = from + COUNTS * n;
            counts[order + MATCHES] = matches[n];
            counts[order + TARGETS] = target[n].length;
            // as sacrebleu: what has no counterpart in the target's length costs no precision
            counts[order + PREDICTIONS] = target[n].length == 0 ? 0 : prediction[n].length;
        }
    }

    private List<Integer> characters(String text) {
        String cased = config.lowercase() ? text.toLowerCase(Locale.ROOT) : text;
        return (config.whitespace() ? cased : String.join("", Words.of(cased)))
                .codePoints()
                .boxed()
                .toList();
    }

    /** Words, with one mark of punctuation parted from their end, or else from their beginning. */
    private List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : Words.of(config.lowercase() ? text.toLowerCase(Locale.ROOT) : text)) {
            int last = word.length() - 1;
            if (word.codePointCount(0, word.length()) > 1 && isPunctuation(word.charAt(last))) {
                words.addAll(List.of(word.substring(0, last), word.substring(last)));
            } else if (word.codePointCount(0, word.length()) > 1 && isPunctuation(word.charAt(0))) {
                words.addAll(List.of(word.substring(0, 1), word.substring(1)));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean isPunctuation(char character) {
        return PUNCTUATION.indexOf(character) >= 0;
    }

    private double score(double[] counts) {
        double precisions = 0;
        double recalls = 0;
        double smoothed = 0;
        int orders = 0;
        for (int at = 0; at < counts.length; at += COUNTS) {
            double precision = share(counts[at + MATCHES], counts[at + PREDICTIONS]);
            double recall = share(counts[at + MATCHES], counts[at + TARGETS]);
            smoothed += fScore(precision, recall, EPSILON);
            if (counts[at + PREDICTIONS] > 0 && counts[at + TARGETS] > 0) {
                precisions += precision;
                recalls += recall;
                orders++;
            }
        }
        if (config.epsilon()) {
            return 100 * smoothed * COUNTS / counts.length;
        }
        return orders == 0 ? 0 : 100 * fScore(precisions / orders, recalls / orders, 0);
    }

    private static double share(double matches, double all) {
        return all > 0 ? matches / all : EPSILON;
    }

    private double fScore(double precision, double recall, double otherwise) {
        double recallWeight = config.beta() * config.beta();
        double weighted = recallWeight * precision + recall;
        return weighted > 0 ? (1 + recallWeight) * precision * recall / weighted : otherwise;
    }
}
