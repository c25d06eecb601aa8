package org.t5j.core.decode;

import java.util.Arrays;

/**
 * Makes tokens that the hypothesis holds already less likely: positive scores are divided, negative ones multiplied
 * (Keskar et al. 2019, CTRL), once per distinct token, start token included.
 */
record RepetitionPenalty(float penalty) implements LogitsProcessor {

    @Override
    public void process(int[] tokens, int length, float[] scores, int offset, int vocabSize) {
        int[] sorted = Arrays.copyOf(tokens, length);
        Arrays.sort(sorted);
        for (int i = 0; i < length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                int at = offset + sorted[i];
                scores[at] = scores[at] < 0 ? scores[at] * penalty : scores[at] / penalty;
            }
        }
    }
}
