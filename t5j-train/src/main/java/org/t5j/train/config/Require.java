package org.t5j.train.config;

/** Rules of configuration records. */
public final class Require {
    private Require() {}

    /**
     * Checks a rule of a setting.
     *
     * @throws ConfigException "name rule, found value" where it does not hold
     */
    public static void that(boolean holds, String name, String rule, Object value) {
        if (!holds) {
            throw new ConfigException(name + " " + rule + ", found " + value);
        }
    }
}
