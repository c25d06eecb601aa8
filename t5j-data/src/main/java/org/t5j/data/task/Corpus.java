package org.t5j.data.task;

/**
 * The place of the corpus in a mixture, for learning an unsupervised objective together with tasks. The corpus itself is
 * given where data is loaded.
 *
 * @param name unique within a mixture
 */
public record Corpus(String name) implements Ingredient {

    /** The name that configuration files know it by. */
    public static final String NAME = "corpus";

    /** The corpus of a configuration file. */
    public Corpus() {
        this(NAME);
    }
}
