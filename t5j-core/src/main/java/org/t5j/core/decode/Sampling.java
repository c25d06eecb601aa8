package org.t5j.core.decode;

import org.t5j.core.T5Exception;

/**
 * How to draw tokens at random. The same seed gives the same tokens for the same row of a batch: give every batch its
 * own seed, for example {@code CounterRandom.key(seed, batch)}.
 *
 * @param temperature divides the logits: below 1 sharpens, above 1 flattens
 * @param topK only the {@code topK} likeliest tokens can be drawn; 0 for all (Hugging Face's default is 50)
 * @param topP only the likeliest tokens that together reach this probability can be drawn (nucleus sampling, Holtzman et
 *     al. 2020); 1 for all
 * @param minP only tokens at least {@code minP} times as likely as the likeliest can be drawn (Nguyen et al. 2024);
 *     0 for all
 * @param seed of the draws
 */
public record Sampling(double temperature, int topK, double topP, double minP, long seed) {

    public Sampling {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new T5Exception("temperature must be positive and finite, found " + temperature
                    + "; for the likeliest token at every step leave sampling out");
        }
        if (topK < 0) {
            throw new T5Exception("topK must be at least 0 (0: no limit), found " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new T5Exception("topP must be above 0 and at most 1 (1: no limit), found " + topP);
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new T5Exception("minP must be at least 0 (0: no limit) and at most 1, found " + minP);
        }
    }

    /** Without a limit relative to the likeliest token. */
    public Sampling(double temperature, int topK, double topP, long seed) {
        this(temperature, topK, topP, 0, seed);
    }

    /** This with other draws. */
    public Sampling reseeded(long other) {
        return new Sampling(temperature, topK, topP, minP, other);
    }

    /** Draws from the model's own distribution. */
    public static Sampling withSeed(long seed) {
        return new Sampling(1, 0, 1, seed);
    }
}
