package org.t5j.core.decode;

import java.util.Arrays;

/**
 * Forbids the unlikeliest tokens, as many as have a probability of at most {@code 1 - p} together (Holtzman et al.
 * 2020). The likeliest token always stays; among equals the later ones do.
 */
record TopP(double p) implements LogitsProcessor {

    @Override
    public void process(int[] tokens, int length, float[] scores, int offset, int vocabSize) {
        float[] ascending = Arrays.copyOfRange(scores, offset, offset + vocabSize);
        Arrays.sort(ascending);
        float max = ascending[vocabSize - 1];
        double total = 0;
        for (float score : ascending) {
            total += Math.exp(score - max);
        }
        int removed = 0;
        double cumulative = Math.exp(ascending[0] - max) / total;
        while (removed < vocabSize - 1 && (float) cumulative <= (float) (1 - p)) {
            removed++;
            cumulative += Math.exp(ascending[removed] - max) / total;
        }
        removeBelow(scores, offset, vocabSize, ascending, removed);
    }

    /** Removes all scores below the least kept one, and of those equal to it the first few. */
    private static void removeBelow(float[] scores, int offset, int vocabSize, float[] ascending, int removed) {
        float leastKept = ascending[removed];
        int equalsToRemove = 0;
        while (equalsToRemove < removed && ascending[removed - 1 - equalsToRemove] == leastKept) {
            equalsToRemove++;
        }
        for (int i = offset; i < offset + vocabSize; i++) {
            if (scores[i] < leastKept || (scores[i] == leastKept && equalsToRemove-- > 0)) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
