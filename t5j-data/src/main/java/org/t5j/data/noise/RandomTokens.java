package org.t5j.data.noise;

import org.t5j.data.random.CounterRandom;

/** Replaces each noise token by one drawn at random; the other tokens and the length stay. */
public final class RandomTokens {
    /** Ids at the start of a vocabulary that are never drawn: padding, end of sequence, unknown. */
    public static final int RESERVED = 3;

    private RandomTokens() {}

    /**
     * {@code noise_token_to_random_token}: any id but the {@link #RESERVED} first, sentinels included.
     *
     * @param vocabSize number of ids, sentinels included
     */
    public static int[] fromVocabulary(int[] tokens, boolean[] noise, int vocabSize, CounterRandom random) {
        int[] result = tokens.clone();
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i]) {
                result[i] = draw(vocabSize, random);
            }
        }
        return result;
    }

    /**
     * {@code noise_token_to_random_token_or_sentinel}: a random token with probability {@code rate}, else the sentinel.
     * No noise token stays what it is, unlike in BERT.
     *
     * @param rate probability of a random token, 0 … 1; BERT-style objectives of the study: 0.1
     */
    public static int[] orSentinel(
            int[] tokens, boolean[] noise, double rate, int sentinel, int vocabSize, CounterRandom random) {
        int[] result = tokens.clone();
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i]) {
                result[i] = random.nextDouble() < rate ? draw(vocabSize, random) : sentinel;
            }
        }
        return result;
    }

    /** {@code noise_token_to_gathered_token}: the token at a random place of the segment, drawn with replacement. */
    public static int[] gathered(int[] tokens, boolean[] noise, CounterRandom random) {
        int[] result = tokens.clone();
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i]) {
                result[i] = tokens[random.nextInt(tokens.length)];
            }
        }
        return result;
    }

    /** {@code permute_noise_tokens}: the noise tokens in a random order, every order as likely. */
    public static int[] permuted(int[] tokens, boolean[] noise, CounterRandom random) {
        int[] noiseTokens = NoiseDropping.dropNonNoise(tokens, noise);
        int[] order = random.permutation(noiseTokens.length);
        int[] result = tokens.clone();
        int next = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i]) {
                result[i] = noiseTokens[order[next++]];
            }
        }
        return result;
    }

    private static int draw(int vocabSize, CounterRandom random) {
        return RESERVED + random.nextInt(vocabSize - RESERVED);
    }
}
