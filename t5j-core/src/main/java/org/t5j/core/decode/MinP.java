package org.t5j.core.decode;

/** Forbids tokens less likely than {@code p} times the likeliest (Nguyen et al. 2024), which always stays. */
record MinP(double p) implements LogitsProcessor {

    @Override
    public void process(int[] tokens, int length, float[] scores, int offset, int vocabSize) {
        float max = LogSoftmax.max(scores, offset, vocabSize);
        for (int i = offset; i < offset + vocabSize; i++) {
            if (Math.exp(scores[i] - max) < p) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
