package org.t5j.core;

import java.util.Set;
import org.t5j.core.checkpoint.TensorEntry;
import org.t5j.core.checkpoint.TensorSource;

/**
 * A model's weights with another number of rows in the embedding table and in the output layer. Rows that stay keep their
 * bits; new ones are what {@link T5Model#create} gives a table of that size. All else is as it was.
 *
 * <p>T5's own tables have more rows than its vocabulary has tokens, 32128 for 32100, because their number is a multiple of
 * 128: {@link #rowsFor}.
 */
public final class VocabularyResize implements TensorSource {
    private static final int MULTIPLE = 128;
    private static final int MOST = Integer.MAX_VALUE / MULTIPLE * MULTIPLE;
    private static final Set<String> RESIZED = Set.of("shared.weight", "lm_head.weight");

    private final TensorSource weights;
    private final int oldRows;
    private final T5Config config;
    private final ParameterInitializer initializer;

    /**
     * Changes nothing of {@code weights}.
     *
     * @param config of {@code weights}
     * @param rows a multiple of 128; fewer than now drops the last rows
     * @param seed of the values of new rows
     * @throws T5Exception where {@code rows} is no such number or a special token would lose its row
     */
    public VocabularyResize(TensorSource weights, T5Config config, int rows, long seed) {
        if (rows < MULTIPLE || rows % MULTIPLE != 0) {
            throw new T5Exception("The rows of the embedding table must be a positive multiple of " + MULTIPLE
                    + ", found " + rows + "; for a vocabulary of that many tokens take " + rowsFor(Math.max(1, rows)));
        }
        this.weights = weights;
        this.oldRows = config.vocabSize();
        this.config = config.toBuilder().vocabSize(rows).build();
        this.initializer = new ParameterInitializer(this.config, seed);
    }

    /**
     * The least multiple of 128 that is not below {@code tokens}.
     *
     * @throws T5Exception where there are none, or more than a table can have rows
     */
    public static int rowsFor(int tokens) {
        if (tokens < 1 || tokens > MOST) {
            throw new T5Exception("A vocabulary must have between 1 and " + MOST + " tokens, found " + tokens);
        }
        return ((tokens - 1) / MULTIPLE + 1) * MULTIPLE;
    }

    /** The configuration with the new number of rows. */
    public T5Config config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return weights.names();
    }

    @Override
    public TensorEntry entry(String name) {
        TensorEntry entry = weights.entry(name);
        return RESIZED.contains(name)
                ? TensorEntry.of(name, entry.dtype(), config.vocabSize(), config.dModel())
                : entry;
    }

    @Override
    public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
        long kept = RESIZED.contains(name) ? (long) oldRows * config.dModel() : Long.MAX_VALUE;
        int old = (int) Math.max(0, Math.min(count, kept - from));
        if (old > 0) {
            weights.readFloats(name, from, target, targetOffset, old);
        }
        if (old < count) {
            initializer.sample(name, from + old, target, targetOffset + old, count - old);
        }
    }
}
