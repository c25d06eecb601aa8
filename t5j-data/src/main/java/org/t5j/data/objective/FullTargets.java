package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.noise.IidNoiseMask;
import org.t5j.data.noise.TokenNoise;

/** What the objectives share whose targets are the whole segment and whose inputs are as long: 512 and 512 in the study. */
final class FullTargets {
    private FullTargets() {}

    /**
     * @param density of the i.i.d. mask where none is set
     * @param merge whether documents are joined where that is not set
     */
    static Objective denoising(ObjectiveConfig config, double density, boolean merge, TokenNoise inputs, int eosId) {
        int segment = config.inputLength() - 1;
        SegmentShape shape = new SegmentShape(
                segment,
                config.inputLength(),
                config.targetLengthFor(segment + 1),
                Objects.requireNonNullElse(config.mergeExamples(), merge));
        IidNoiseMask mask = new IidNoiseMask(Objects.requireNonNullElse(config.noiseDensity(), density));
        return new Denoising(config.toString(), shape, mask, inputs, TokenNoise.UNCHANGED, eosId);
    }
}
