package org.t5j.data.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code bleu} and its variants: corpus BLEU of 1- to 4-grams against any number of targets, 0 … 100, the numbers of
 * sacrebleu's {@code corpus_bleu} (Post 2018). An n-gram matches as often as the target that has it most often; the brevity
 * penalty takes the target nearest in length, the shorter of two.
 */
public final class Bleu implements SummedMetric {
    private static final int ORDER = 4;

    /** Places of the sums: matches by order - 1, then totals, then the lengths of predictions and targets. */
    private static final int MATCHES = 0;

    private static final int TOTALS = ORDER;
    private static final int PREDICTION_LENGTH = 2 * ORDER;
    private static final int TARGET_LENGTH = 2 * ORDER + 1;

    private final String name;
    private final BleuConfig config;

    /** @param name of the score */
    public Bleu(String name, BleuConfig config) {
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
                        Signature.yesOrNo("eff", config.effectiveOrder()),
                        "tok:" + config.tokenizer().label(),
                        "smooth:" + config.smoothing().label())));
    }

    @Override
    public double[] statistics(Scored result) {
        Ngrams ngrams = new Ngrams(ORDER);
        int[][] prediction = ngrams.of(words(result.prediction()));
        List<int[][]> targets = result.targets().stream()
                .map(target -> ngrams.of(words(target)))
                .toList();
        int[] most = new int[0];
        for (int[][] target : targets) {
            int[] ofTarget = ngrams.counts(target);
            most = most.length == 0 ? ofTarget : max(most, ofTarget);
        }
        long[] matches = Ngrams.matches(prediction, most);
        double[] counts = new double[TARGET_LENGTH + 1];
        for (int n = 0; n < ORDER; n++) {
            counts[MATCHES + n] = matches[n];
            counts[TOTALS + n] = prediction[n].length;
        }
        counts[PREDICTION_LENGTH] = prediction[0].length;
        counts[TARGET_LENGTH] = nearestLength(prediction[0].length, targets);
        return counts;
    }

    private List<String> words(String text) {
        return config.tokenizer().words(config.lowercase() ? text.toLowerCase(Locale.ROOT) : text);
    }

    private static int[] max(int[] some, int[] others) {
        Arrays.setAll(some, i -> Math.max(some[i], others[i]));
        return some;
    }

    private static int nearestLength(int length, List<int[][]> targets) {
        int nearest = targets.get(0)[0].length;
        for (int[][] target : targets) {
            int difference = Math.abs(target[0].length - length) - Math.abs(nearest - length);
            if (difference < 0 || difference == 0 && target[0].length < nearest) {
                nearest = target[0].length;
            }
        }
        return nearest;
    }

    private double score(double[] counts) {
        if (Arrays.stream(counts, MATCHES, MATCHES + ORDER).allMatch(count -> count == 0)) {
            return 0;
        }
        BleuSmoothing smoothing = config.smoothing();
        double logSum = 0;
        int orders = 0;
        double halved = 1;
        for (int n = 0; n < ORDER; n++) {
            double added = smoothing.method() == BleuSmoothing.Method.ADD_K && n > 0 ? smoothing.value() : 0;
            double matches = counts[MATCHES + n] + added;
            double total = counts[TOTALS + n] + added;
            if (total == 0 && config.effectiveOrder()) {
                break;
            }
            if (matches == 0) {
                halved /= 2;
                matches = smoothed(smoothing, halved);
            }
            if (matches == 0 || total == 0) {
                return 0;
            }
            logSum += Math.log(matches / total);
            orders++;
        }
        return 100 * brevityPenalty(counts[PREDICTION_LENGTH], counts[TARGET_LENGTH]) * Math.exp(logSum / orders);
    }

    private static double smoothed(BleuSmoothing smoothing, double halved) {
        return switch (smoothing.method()) {
            case EXP -> halved;
            case FLOOR -> smoothing.value();
            case NONE, ADD_K -> 0;
        };
    }

    private static double brevityPenalty(double predictionLength, double targetLength) {
        return predictionLength < targetLength ? Math.exp(1 - targetLength / predictionLength) : 1;
    }
}
