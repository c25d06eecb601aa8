package org.t5j.core.decode;

/** Takes the likeliest token at every step; among equals the one with the lowest id. */
final class GreedySearch extends StepwiseSearch {

    GreedySearch(DecoderState state, GenerationConfig config) {
        super(state, config);
    }

    @Override
    int choose(int row, int position, float[] scores, int offset, int vocabSize) {
        float max = LogSoftmax.max(scores, offset, vocabSize);
        for (int token = 0; token < vocabSize; token++) {
            if (scores[offset + token] == max) {
                return token;
            }
        }
        throw new IllegalStateException("The largest score, " + max + ", is none of the scores");
    }
}
