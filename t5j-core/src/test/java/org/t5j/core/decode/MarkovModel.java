package org.t5j.core.decode;

import org.t5j.core.tensor.CounterRandom;

/**
 * A toy model: the logits of the next token depend on the input and on the last two tokens, drawn at random once and
 * for all.
 *
 * @param eosBonus added to the logit of token 1; the larger, the shorter the outputs
 */
record MarkovModel(long seed, int vocabSize, float eosBonus) {

    /** Logits after {@code tokens[0 … length)}, start token included. */
    float[] logits(int input, int[] tokens, int length) {
        int beforeLast = length > 1 ? tokens[length - 2] : -1;
        long key = CounterRandom.key(seed, input, beforeLast, tokens[length - 1]);
        float[] logits = new float[vocabSize];
        for (int token = 0; token < vocabSize; token++) {
            logits[token] = 2 * (float) CounterRandom.normal(key, token);
        }
        logits[1] += eosBonus;
        return logits;
    }

    /** Log-probabilities, computed in 32 bits in the plainest way. */
    float[] logProbabilities(int input, int[] tokens, int length) {
        float[] logits = logits(input, tokens, length);
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        for (int token = 0; token < vocabSize; token++) {
            logits[token] = logits[token] - max - (float) Math.log(sum);
        }
        return logits;
    }

    /** A fresh state; see {@link MarkovDecoder}. */
    MarkovDecoder decoder(int batch, GenerationConfig config) {
        return new MarkovDecoder(this, batch, config.rowsPerInput());
    }
}
