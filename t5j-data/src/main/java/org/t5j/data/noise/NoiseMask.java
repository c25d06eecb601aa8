package org.t5j.data.noise;

import org.t5j.data.random.CounterRandom;

/** Chooses which tokens of a segment are noise. */
@FunctionalInterface
public interface NoiseMask {

    /**
     * A mask of {@code length} entries, true where the token is noise; a pure function of its arguments.
     *
     * @param length of the segment, at least 1
     */
    boolean[] mask(int length, CounterRandom random);
}
