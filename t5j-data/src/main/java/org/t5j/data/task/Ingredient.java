package org.t5j.data.task;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What a mixture is made of: a task, the corpus of pre-training, or another mixture. */
public sealed interface Ingredient permits Task, Corpus, Mixture {

    /** Unique within a mixture. */
    String name();

    /** The tasks and corpora that examples come from, each once: for anything but a mixture, this alone. */
    default List<Ingredient> leaves() {
        return List.of(this);
    }

    /**
     * How often each leaf is drawn.
     *
     * @param examples the number of training examples of a leaf
     * @return leaf → rate, in the order of {@link #leaves}; only the ratios matter
     */
    default Map<Ingredient, Double> rates(ToLongFunction<Ingredient> examples) {
        return Map.of(this, 1.0);
    }
}
