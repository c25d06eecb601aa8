package org.t5j.data.noise;

import org.t5j.data.DataException;
import org.t5j.data.random.CounterRandom;

/**
 * {@code iid_noise_mask}: every token is noise with the same probability, whatever the others are. The numbers of noise
 * tokens and of runs are random; {@link IidCounts} has their law.
 *
 * @param noiseDensity probability that a token is noise, 0 … 1; 1 masks everything
 */
public record IidNoiseMask(double noiseDensity) implements NoiseMask {

    public IidNoiseMask {
        DataException.check(
                noiseDensity >= 0 && noiseDensity <= 1,
                "noiseDensity is %s, but it is a probability: 0 up to 1 (T5 uses 0.15).",
                noiseDensity);
    }

    @Override
    public boolean[] mask(int length, CounterRandom random) {
        boolean[] mask = new boolean[length];
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextDouble() < noiseDensity;
        }
        return mask;
    }
}
