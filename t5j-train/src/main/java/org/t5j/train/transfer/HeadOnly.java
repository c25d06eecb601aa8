package org.t5j.train.transfer;

import java.util.Collection;
import org.t5j.core.T5Config;
import org.t5j.train.config.ConfigException;

/** The output layer alone, of a model that has one of its own. */
public record HeadOnly() implements TransferConfig {

    @Override
    public Transfer of(T5Config model, Collection<String> parameters, long totalSteps) {
        if (model.tieWordEmbeddings()) {
            throw new ConfigException("transfer is \"head\", but the output layer of this model is its embedding table"
                    + " (tie_word_embeddings), which its stacks read too: there is none to train alone. Train the table by"
                    + " transfer=embedding, or take a model that is not tied, such as T5 v1.1");
        }
        return (parameter, step) -> parameter.equals("lm_head.weight");
    }
}
