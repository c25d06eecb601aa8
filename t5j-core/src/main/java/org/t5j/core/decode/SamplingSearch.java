package org.t5j.core.decode;

import org.t5j.core.tensor.CounterRandom;

/**
 * Draws every token from the softmax of the processed logits, by inversion of the cumulative distribution. The random
 * numbers depend on the seed, the row and the position alone.
 */
final class SamplingSearch extends StepwiseSearch {
    private final long seed;

    SamplingSearch(DecoderState state, GenerationConfig config) {
        super(state, config);
        this.seed = config.sampling().seed();
    }

    @Override
    int choose(int row, int position, float[] scores, int offset, int vocabSize) {
        LogSoftmax.logSoftmaxInPlace(scores, offset, vocabSize);
        double remaining = CounterRandom.uniform(CounterRandom.key(seed, row), position);
        int token = -1;
        for (int i = 0; i < vocabSize && remaining >= 0; i++) {
            double probability = Math.exp(scores[offset + i]);
            if (probability > 0) {
                token = i;
                remaining -= probability;
            }
        }
        return token;
    }
}
