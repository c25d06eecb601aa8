package org.t5j.data.metric;

import java.util.Set;
import org.t5j.data.Registry;

/** The metrics by name. */
public final class Metrics {
    private static final Registry<Metric> REGISTRY = new Registry<Metric>("metric")
            .add("accuracy", new Accuracy())
            .add("word_accuracy", new WordAccuracy())
            .add("f1_macro", new MacroF1())
            .add("character_error_rate", ErrorRate.ofCharacters())
            .add("word_error_rate", ErrorRate.ofWords())
            .add("bleu", new Bleu(Bleu.Tokenization.THIRTEEN_A))
            .add("bleu_intl", new Bleu(Bleu.Tokenization.INTERNATIONAL))
            .add("bleu_none", new Bleu(Bleu.Tokenization.NONE));

    private Metrics() {}

    /**
     * The metric of that name.
     *
     * @throws org.t5j.data.DataException if there is none; the message names the nearest
     */
    public static Metric named(String name) {
        return REGISTRY.get(name);
    }

    /** All names. */
    public static Set<String> names() {
        return REGISTRY.names();
    }
}
