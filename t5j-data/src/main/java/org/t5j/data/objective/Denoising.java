package org.t5j.data.objective;

import org.t5j.data.TokenExample;
import org.t5j.data.noise.NoiseMask;
import org.t5j.data.noise.TokenNoise;
import org.t5j.data.preprocess.Tokens;
import org.t5j.data.random.CounterRandom;

/**
 * {@code denoise}, the form of most objectives of the study: a mask says which tokens of a segment are noise, one function
 * makes the inputs of it and another the targets; both are trimmed and get an end-of-sequence token. The mask, the inputs
 * and the targets draw their numbers in that order, so that objectives with the same mask hide the same tokens.
 */
public final class Denoising extends ShapedObjective {
    private final String settings;
    private final NoiseMask mask;
    private final TokenNoise inputs;
    private final TokenNoise targets;
    private final int eosId;

    /**
     * @param settings all that decides the examples but shape and mask, as text
     * @param mask with a {@code toString} that tells its settings, as a record has: a lambda's differs in every process, and
     *     resuming would take the data for others
     * @param eosId the end-of-sequence token
     */
    public Denoising(
            String settings, SegmentShape shape, NoiseMask mask, TokenNoise inputs, TokenNoise targets, int eosId) {
        super(shape);
        this.settings = settings;
        this.mask = mask;
        this.inputs = inputs;
        this.targets = targets;
        this.eosId = eosId;
    }

    @Override
    public TokenExample apply(int[] tokens, CounterRandom random) {
        boolean[] noise = mask.mask(tokens.length, random);
        int[] corrupted = inputs.apply(tokens, noise, random);
        int[] wanted = targets.apply(tokens, noise, random);
        return new TokenExample(
                Tokens.appendEosAfterTrim(corrupted, shape.inputLength(), eosId),
                Tokens.appendEosAfterTrim(wanted, shape.targetLength(), eosId));
    }

    @Override
    public String settings() {
        return settings + " " + shape + " " + mask;
    }
}
