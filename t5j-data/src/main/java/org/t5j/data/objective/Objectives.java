package org.t5j.data.objective;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.t5j.data.Registry;
import org.t5j.tokenizer.Tokenizer;

/** The objectives by name. */
public final class Objectives {
    private static final Registry<BiFunction<ObjectiveConfig, Tokenizer, Objective>> REGISTRY = new Registry<
                    BiFunction<ObjectiveConfig, Tokenizer, Objective>>("objective")
            .add(SpanCorruption.NAME, SpanCorruption::new);

    private Objectives() {}

    /**
     * The objective that {@code config} names, for a vocabulary.
     *
     * @throws org.t5j.data.DataException if there is none of that name, or its settings do not fit
     */
    public static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        return REGISTRY.get(config.name()).apply(config, tokenizer);
    }

    /**
     * The objectives that {@code config} names: one, or several that are learnt together.
     *
     * @throws org.t5j.data.DataException as {@link #create} does
     */
    public static List<WeightedObjective> mixture(ObjectiveConfig config, Tokenizer tokenizer) {
        return List.of(new WeightedObjective(config.name(), create(config, tokenizer), 1));
    }

    /** All names. */
    public static Set<String> names() {
        return REGISTRY.names();
    }
}
