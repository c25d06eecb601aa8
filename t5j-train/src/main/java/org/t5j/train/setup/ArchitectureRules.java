package org.t5j.train.setup;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.Architecture;
import org.t5j.core.T5Config;
import org.t5j.data.objective.LanguageModel;
import org.t5j.train.config.ConfigException;

/** Which settings fit which {@link Architecture}: what {@link T5Config}, which knows of no data, cannot tell. */
public final class ArchitectureRules {
    private static final Logger LOG = LoggerFactory.getLogger(ArchitectureRules.class);
    private static final Set<String> WITHOUT_INPUTS = Set.of(LanguageModel.NAME, LanguageModel.FULL);

    private ArchitectureRules() {}

    /**
     * Checks a configuration before anything is made by it. What fits and is hardly meant is warned of.
     *
     * @throws ConfigException with the reason where something does not fit
     * @throws org.t5j.core.T5Exception where the checkpoint to start from is none
     */
    public static void check(TrainConfig config) {
        Architecture architecture = config.model().shape().architecture();
        String objective = config.objective().name();
        if (architecture == Architecture.DECODER_PREFIX_LM
                && config.mode() == TrainConfig.Mode.PRETRAIN
                && WITHOUT_INPUTS.contains(objective)) {
            throw new ConfigException(
                    "model.architecture is " + architecture + ", whose prefix is the inputs, but objective "
                            + objective
                            + " makes examples without inputs; use model.architecture=DECODER_LM, or an objective with"
                            + " inputs such as prefix_lm");
        }
        if (!config.optim().lossOnInputs()) {
            return;
        }
        if (!architecture.decoderOnly()) {
            throw new ConfigException("optim.lossOnInputs is true, but model.architecture is " + architecture
                    + ", whose encoder reads the inputs and predicts nothing; leave it out, or use DECODER_LM");
        }
        if (architecture == Architecture.DECODER_PREFIX_LM) {
            LOG.warn(
                    "optim.lossOnInputs is true, but the inputs of a {} see each other, so that predicting them is"
                            + " copying; it is meant for DECODER_LM",
                    architecture);
        }
    }
}
