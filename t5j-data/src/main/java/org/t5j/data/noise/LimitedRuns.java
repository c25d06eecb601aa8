package org.t5j.data.noise;

import org.t5j.data.random.CounterRandom;

/**
 * A mask that is drawn again while it has more runs than there are sentinels. Meant for masks that almost never have so many,
 * so that chance does not end a long training. After 100 vain draws the last one is given, and found wanting by {@link
 * Sentinels}.
 *
 * @param mask to draw from
 * @param limit number of runs of noise, and of runs of other tokens, at most
 */
public record LimitedRuns(NoiseMask mask, int limit) implements NoiseMask {
    private static final int DRAWS = 100;

    @Override
    public boolean[] mask(int length, CounterRandom random) {
        boolean[] drawn = mask.mask(length, random);
        for (int draw = 1; draw < DRAWS && isOver(drawn); draw++) {
            drawn = mask.mask(length, random);
        }
        return drawn;
    }

    private boolean isOver(boolean[] mask) {
        return NoiseRuns.ofNoise(mask) > limit || NoiseRuns.ofOthers(mask) > limit;
    }
}
