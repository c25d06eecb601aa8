package org.t5j.train.transfer;

import java.util.Collection;
import org.t5j.core.T5Config;

/** Every parameter: what the T5 study found best. */
public record AllParameters() implements TransferConfig {

    @Override
    public Transfer of(T5Config model, Collection<String> parameters, long totalSteps) {
        return (parameter, step) -> true;
    }
}
