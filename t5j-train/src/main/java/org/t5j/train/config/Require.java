package org.t5j.train.config;

import org.t5j.core.T5Exception;

/** Rules of configuration records. */
public final class Require {
    private Require() {}

    /**
     * Checks a rule of a setting.
     *
     * @throws T5Exception "name rule, found value" where it does not hold
     */
    public static void that(boolean holds, String name, String rule, Object value) {
        if (!holds) {
            throw new T5Exception(name + " " + rule + ", found " + value);
        }
    }
}
