package org.t5j.core.decode;

import java.util.Arrays;

/** Forbids every token that would complete a sequence of {@code size} tokens which the hypothesis holds already. */
record NoRepeatNgram(int size) implements LogitsProcessor {

    @Override
    public void process(int[] tokens, int length, float[] scores, int offset, int vocabSize) {
        int context = size - 1;
        int suffix = length - context;
        for (int start = 0; start < suffix; start++) {
            if (Arrays.equals(tokens, start, start + context, tokens, suffix, length)) {
                scores[offset + tokens[start + context]] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
