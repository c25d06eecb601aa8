package org.t5j.train.optim;

import java.util.Map;
import java.util.TreeMap;

/** The optimizers that a configuration can name. A new one is one line here. */
public final class Optimizers {
    private static final Map<String, Class<? extends OptimizerConfig>> BY_NAME =
            new TreeMap<>(Map.of("adafactor", AdafactorConfig.class, "adamw", AdamWConfig.class));

    private Optimizers() {}

    /** The settings record of each optimizer by name. */
    public static Map<String, Class<? extends OptimizerConfig>> byName() {
        return java.util.Collections.unmodifiableMap(BY_NAME);
    }
}
