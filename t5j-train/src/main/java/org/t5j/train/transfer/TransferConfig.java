package org.t5j.train.transfer;

import java.util.Collection;
import org.t5j.core.T5Config;
import org.t5j.core.layer.Additions;

/** The settings of a transfer method. */
public interface TransferConfig {

    /** What the model gets to be trained by it. */
    default Additions additions() {
        return Additions.NONE;
    }

    /**
     * The method for a model and a run.
     *
     * @param parameters names of the model's parameters, additions included
     * @param totalSteps updates of the run
     * @throws org.t5j.train.config.ConfigException where the model cannot be trained by it
     */
    Transfer of(T5Config model, Collection<String> parameters, long totalSteps);
}
