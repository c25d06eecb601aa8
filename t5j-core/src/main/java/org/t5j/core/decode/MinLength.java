package org.t5j.core.decode;

/** Forbids end of sequence while the hypothesis, start token included, is shorter than {@code minLength}. */
record MinLength(int minLength, int eosTokenId) implements LogitsProcessor {

    @Override
    public void process(int[] tokens, int length, float[] scores, int offset, int vocabSize) {
        if (length < minLength) {
            scores[offset + eosTokenId] = Float.NEGATIVE_INFINITY;
        }
    }
}
