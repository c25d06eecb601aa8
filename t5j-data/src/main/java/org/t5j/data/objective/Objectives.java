package org.t5j.data.objective;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.t5j.data.DataException;
import org.t5j.data.Registry;
import org.t5j.tokenizer.Tokenizer;

/** The objectives by name. */
public final class Objectives {
    private static final Registry<Factory> REGISTRY = new Registry<Factory>("objective")
            .add(SpanCorruption.NAME, single(SpanCorruption::create))
            .add(IidDenoising.NAME, single(IidDenoising::create))
            .add(MassStyle.NAME, single(MassStyle::create))
            .add(BertStyle.NAME, single(BertStyle::create))
            .add(DropTokens.NAME, single(DropTokens::create))
            .add(RegularSpans.NAME, single(RegularSpans::create))
            .add(PrefixLm.NAME, single(PrefixLm::create))
            .add(LanguageModel.NAME, single(LanguageModel::create))
            .add(LanguageModel.FULL, single(LanguageModel::createFull))
            .add(Deshuffling.NAME, single(Deshuffling::create))
            .add(Ul2.NAME, Ul2::create);

    @FunctionalInterface
    private interface Factory {
        List<WeightedObjective> create(ObjectiveConfig config, Tokenizer tokenizer);
    }

    private Objectives() {}

    private static Factory single(BiFunction<ObjectiveConfig, Tokenizer, Objective> factory) {
        return (config, tokenizer) ->
                List.of(new WeightedObjective(config.name(), factory.apply(config, tokenizer), 1));
    }

    /**
     * The objectives that {@code config} names, for a vocabulary: one with rate 1, or the several of a mixture such as
     * {@code ul2}.
     *
     * @throws DataException if there is none of that name, or its settings do not fit
     */
    public static List<WeightedObjective> mixture(ObjectiveConfig config, Tokenizer tokenizer) {
        return REGISTRY.get(config.name()).create(config, tokenizer);
    }

    /**
     * The one objective that {@code config} names.
     *
     * @throws DataException as {@link #mixture} does, and for a mixture of several
     */
    public static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        List<WeightedObjective> mixture = mixture(config, tokenizer);
        DataException.check(
                mixture.size() == 1,
                "Objective '%s' is a mixture of %d, not one: make it by Objectives.mixture.",
                config.name(),
                mixture.size());
        return mixture.get(0).objective();
    }

    /**
     * Makes an objective known by name in this process, as T5's own are: before the configuration that names it is used.
     *
     * <pre>{@code
     * Objectives.register("one_gap", OneGap::create);
     * }</pre>
     *
     * @param factory makes it of its settings for a vocabulary
     * @throws DataException if the name is taken
     */
    public static void register(String name, BiFunction<ObjectiveConfig, Tokenizer, Objective> factory) {
        REGISTRY.add(name, single(factory));
    }

    /** All names. */
    public static Set<String> names() {
        return REGISTRY.names();
    }
}
