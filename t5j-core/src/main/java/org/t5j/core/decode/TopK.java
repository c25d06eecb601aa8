package org.t5j.core.decode;

/** Forbids all tokens that score below the {@code k}-th best; tokens that tie with it stay. */
record TopK(int k) implements LogitsProcessor {

    @Override
    public void process(int[] tokens, int length, float[] scores, int offset, int vocabSize) {
        if (k >= vocabSize) {
            return;
        }
        TopCandidates best = new TopCandidates(k);
        best.offer(scores, offset, vocabSize, 0, 0);
        float worst = best.score(k - 1);
        for (int i = offset; i < offset + vocabSize; i++) {
            if (scores[i] < worst) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
