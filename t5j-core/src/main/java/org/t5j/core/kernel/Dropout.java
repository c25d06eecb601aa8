package org.t5j.core.kernel;

import org.t5j.core.tensor.CounterRandom;

/**
 * A dropout mask that is never stored: whether element {@code (row, column)} of a matrix is kept is a hash of the key
 * and of the element's place, so that the backward pass computes the same mask again. Kept elements are multiplied by
 * {@code 1 / (1 - rate)}.
 *
 * @param key the key of this place in this step, see {@link CounterRandom#key}
 * @param rate probability of dropping, 0 (no dropout) … below 1
 * @param rowsPerMask number of consecutive rows that share a mask: 1 for plain dropout (Hugging Face), the sequence
 *     length for noise broadcast over the length (Mesh TensorFlow, T5X)
 */
public record Dropout(long key, float rate, int rowsPerMask) {

    /** No dropout. */
    public static final Dropout NONE = new Dropout(0, 0f, 1);

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Dropout rate must be at least 0 and below 1: " + rate);
        }
        if (rowsPerMask < 1) {
            throw new IllegalArgumentException("rowsPerMask must be at least 1: " + rowsPerMask);
        }
    }

    /** Whether anything is dropped. */
    public boolean active() {
        return rate > 0;
    }

    /** What kept elements are multiplied by. */
    public float scale() {
        return 1f / (1f - rate);
    }

    /** An element is kept when the upper 24 bits of its hash are at least this. */
    public int threshold() {
        return (int) (rate * (1 << 24));
    }

    /** The multipliers, 0 or {@link #scale}, of row {@code row} of a matrix with {@code target.length} columns. */
    public void maskRowInto(int row, int columns, float[] target, int offset) {
        int first = (row / rowsPerMask) * columns;
        int threshold = threshold();
        float scale = scale();
        for (int i = 0; i < columns; i++) {
            target[offset + i] = (CounterRandom.bits(key, first + i) >>> 8) >= threshold ? scale : 0f;
        }
    }
}
