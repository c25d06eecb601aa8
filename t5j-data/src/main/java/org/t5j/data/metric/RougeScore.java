package org.t5j.data.metric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** ROUGE's F-measures of one prediction against one target, in percent; the numbers of rouge_score's scorer. */
final class RougeScore {
    private RougeScore() {}

    static Map<String, Double> of(RougeText target, RougeText prediction) {
        Ngrams ngrams = new Ngrams(2);
        int[][] predicted = ngrams.of(boxed(prediction.words()));
        int[][] wanted = ngrams.of(boxed(target.words()));
        long[] matches = Ngrams.matches(predicted, ngrams.counts(wanted));
        return Map.of(
                "rouge1", F1.percent(matches[0], predicted[0].length, wanted[0].length),
                "rouge2", F1.percent(matches[1], predicted[1].length, wanted[1].length),
                "rougeL", longestCommonSubsequence(target.words(), prediction.words()),
                "rougeLsum", summary(target, prediction));
    }

    private static List<Integer> boxed(int[] words) {
        return Arrays.stream(words).boxed().toList();
    }

    private static double longestCommonSubsequence(int[] target, int[] prediction) {
        return F1.percent(new CommonSubsequence(target, prediction).length(), prediction.length, target.length);
    }

    /**
     * Of each sentence of the target, the words in a longest common subsequence with any sentence of the prediction, each word
     * counted at most as often as the prediction has it.
     */
    private static double summary(RougeText target, RougeText prediction) {
        int[] left = new int[1 + Math.max(max(target.words()), max(prediction.words()))];
        Arrays.stream(prediction.words()).forEach(word -> left[word]++);
        long hits = 0;
        for (int[] sentence : target.sentences()) {
            BitSet union = new BitSet();
            prediction.sentences().forEach(other -> union.or(new CommonSubsequence(sentence, other).places()));
            hits += union.stream().filter(place -> left[sentence[place]]-- > 0).count();
        }
        return F1.percent(hits, prediction.words().length, target.words().length);
    }

    private static int max(int[] words) {
        return Arrays.stream(words).max().orElse(0);
    }
}
