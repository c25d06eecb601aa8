package org.t5j.data.noise;

import org.t5j.data.random.CounterRandom;

/** Makes the inputs, or the targets, of a masked segment: the reference's {@code inputs_fn} and {@code targets_fn}. */
@FunctionalInterface
public interface TokenNoise {
    /** The segment as it is. */
    TokenNoise UNCHANGED = (tokens, noise, random) -> tokens;

    /**
     * The ids that become of a segment; a pure function, which leaves its arguments as they are.
     *
     * @param tokens ids of the segment
     * @param noise of the same length, true where a token is noise
     */
    int[] apply(int[] tokens, boolean[] noise, CounterRandom random);
}
