package org.t5j.tokenizer.train;

import org.t5j.tokenizer.TokenizerException;

/** Refuses settings of a training that are out of range. */
public final class Setting {

    private Setting() {}

    /**
     * @param rule completes the sentence "it must be"
     * @throws TokenizerException that names the setting, its value and the rule, unless {@code holds}
     */
    public static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new TokenizerException("TrainerConfig: " + name + " is " + value + "; it must be " + rule);
        }
    }
}
