package org.t5j.core.decode;

/** Divides the scores by {@code temperature}. */
record Temperature(float temperature) implements LogitsProcessor {

    @Override
    public void process(int[] tokens, int length, float[] scores, int offset, int vocabSize) {
        for (int i = offset; i < offset + vocabSize; i++) {
            scores[i] /= temperature;
        }
    }
}
