package org.t5j.data.noise;

import java.util.Arrays;

/** Leaves tokens out, without a sentinel in their place. */
public final class NoiseDropping {
    private NoiseDropping() {}

    /** {@code drop_noise_tokens}: the tokens that are not noise. */
    public static int[] dropNoise(int[] tokens, boolean[] noise) {
        return select(tokens, noise, false);
    }

    /** {@code drop_nonnoise_tokens}: the tokens that are noise. */
    public static int[] dropNonNoise(int[] tokens, boolean[] noise) {
        return select(tokens, noise, true);
    }

    private static int[] select(int[] tokens, boolean[] noise, boolean selected) {
        int[] result = new int[tokens.length];
        int length = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (noise[i] == selected) {
                result[length++] = tokens[i];
            }
        }
        return Arrays.copyOf(result, length);
    }
}
