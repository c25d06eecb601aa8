package org.t5j.data.noise;

import java.util.Arrays;
import org.t5j.data.DataException;
import org.t5j.data.random.CounterRandom;

/**
 * {@code random_prefix_noise_mask}, of prefix language modelling: the first tokens are noise, the rest is not. At density
 * 0.5 every number of them from 1 to all but one is as likely; at a lower density d, which the reference calls the share of
 * the targets, at least a share 1-2d is in the prefix. A segment of one token has no prefix.
 *
 * @param noiseDensity above 0, at most 0.5
 */
public record RandomPrefixNoiseMask(double noiseDensity) implements NoiseMask {

    public RandomPrefixNoiseMask {
        DataException.check(
                noiseDensity > 0 && noiseDensity <= 0.5,
                "noiseDensity is %s, but prefix language modelling needs one above 0, at most 0.5 (T5 uses 0.5).",
                noiseDensity);
    }

    @Override
    public boolean[] mask(int length, CounterRandom random) {
        int longest = length - 1;
        int shortest = shortest(length);
        int prefix = shortest + random.nextInt(longest - shortest + 1);
        boolean[] mask = new boolean[length];
        Arrays.fill(mask, 0, prefix, true);
        return mask;
    }

    /** The fewest tokens that a prefix of a segment of {@code length} tokens has. */
    public int shortest(int length) {
        int longest = length - 1;
        return Math.min(longest, Math.max(1, (int) Math.rint((float) (1 - 2 * noiseDensity) * longest)));
    }
}
