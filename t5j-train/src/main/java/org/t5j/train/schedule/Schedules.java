package org.t5j.train.schedule;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The schedules that a configuration can name. A new one is one line here. */
public final class Schedules {
    private static final Map<String, Class<? extends Schedule>> BY_NAME = new TreeMap<>(Map.of(
            "constant", ConstantSchedule.class,
            "constant_with_warmup", ConstantWithWarmupSchedule.class,
            "linear", LinearSchedule.class,
            "cosine", CosineSchedule.class,
            "cosine_with_restarts", CosineWithRestartsSchedule.class,
            "polynomial", PolynomialSchedule.class,
            "inverse_sqrt", InverseSqrtSchedule.class,
            "rsqrt", RsqrtSchedule.class));

    private Schedules() {}

    /** The record of each schedule by name. */
    public static Map<String, Class<? extends Schedule>> byName() {
        return Collections.unmodifiableMap(BY_NAME);
    }
}
