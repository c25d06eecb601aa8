package org.t5j.train.average;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The averages that a configuration can name. A new one is one line here. */
public final class Averages {
    private static final Map<String, Class<? extends AverageConfig>> BY_NAME =
            new TreeMap<>(Map.of("none", NoAverage.class, "ema", EmaConfig.class, "uniform", UniformConfig.class));

    private Averages() {}

    /** The settings record of each average by name. */
    public static Map<String, Class<? extends AverageConfig>> byName() {
        return Collections.unmodifiableMap(BY_NAME);
    }
}
