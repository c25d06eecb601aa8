package org.t5j.train.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How well numbers tell a positive class from a negative one, whatever the threshold; as scikit-learn's {@code
 * roc_auc_score} and {@code average_precision_score}.
 */
final class BinaryRanking {
    /** Numbers of positive and negative examples above each threshold, from the highest: every distinct value is one. */
    private final int[] positives;

    private final int[] negatives;

    /**
     * @param values higher for what is rather positive; at least one of each class
     * @param positive whether the example at an index of {@code values} is of the positive class
     */
    BinaryRanking(double[] values, IntPredicate positive) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] lastOfValue = IntStream.range(0, order.length)
                .filter(i -> i + 1 == order.length || values[order[i]] != values[order[i + 1]])
                .toArray();
        int[] positivesUpTo = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            positivesUpTo[i] = (i == 0 ? 0 : positivesUpTo[i - 1]) + (positive.test(order[i]) ? 1 : 0);
        }
        positives = Arrays.stream(lastOfValue).map(i -> positivesUpTo[i]).toArray();
        negatives =
                Arrays.stream(lastOfValue).map(i -> i + 1 - positivesUpTo[i]).toArray();
    }

    /** Area under the curve of true over false positives, 0 … 1; 0.5 for values that say nothing. */
    double rocArea() {
        double area = 0;
        for (int i = 0; i < positives.length; i++) {
            int before = i == 0 ? 0 : positives[i - 1];
            area += (negatives[i] - (i == 0 ? 0 : negatives[i - 1])) * (before + positives[i]) / 2.0;
        }
        return area / ((double) last(positives) * last(negatives));
    }

    /** Mean of the precisions at which each positive example is found, 0 … 1. */
    double averagePrecision() {
        double sum = 0;
        for (int i = 0; i < positives.length; i++) {
            int found = positives[i] - (i == 0 ? 0 : positives[i - 1]);
            sum += found * (double) positives[i] / (positives[i] + negatives[i]);
        }
        return sum / last(positives);
    }

    private static int last(int[] counts) {
        return counts[counts.length - 1];
    }
}
