package org.t5j.core.decode;

/** Takes the likeliest token at every step; among equals the one with the lowest id. */
final class GreedySearch extends StepwiseSearch {

    GreedySearch(DecoderState state, GenerationConfig config) {
        super(state, config);
    }

    @Override
    int choose(int row, int position, float[] scores, int offset, int vocabSize) {
        int best = offset;
        for (int i = offset + 1; i < offset + vocabSize; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best - offset;
    }
}
