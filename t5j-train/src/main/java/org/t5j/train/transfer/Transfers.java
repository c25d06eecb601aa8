package org.t5j.train.transfer;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The transfer methods that a configuration can name. A new one is one line here. */
public final class Transfers {
    private static final Map<String, Class<? extends TransferConfig>> BY_NAME = new TreeMap<>(Map.of(
            "all", AllParameters.class,
            "adapter", AdapterLayers.class,
            "gradual", GradualUnfreezing.class,
            "frozen", FrozenParameters.class,
            "embedding", EmbeddingOnly.class,
            "head", HeadOnly.class,
            "lora", LowRankAdaptation.class));

    private Transfers() {}

    /** The settings record of each method by name. */
    public static Map<String, Class<? extends TransferConfig>> byName() {
        return Collections.unmodifiableMap(BY_NAME);
    }
}
