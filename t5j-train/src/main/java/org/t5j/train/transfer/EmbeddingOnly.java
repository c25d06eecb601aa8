package org.t5j.train.transfer;

import java.util.Collection;
import org.t5j.core.T5Config;

/** The embedding table alone, which is the output layer too where the model is tied. */
public record EmbeddingOnly() implements TransferConfig {

    @Override
    public Transfer of(T5Config model, Collection<String> parameters, long totalSteps) {
        return (parameter, step) -> parameter.equals("shared.weight");
    }
}
