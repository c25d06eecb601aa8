package org.t5j.core.kernel;

import org.t5j.core.tensor.CounterRandom;

/**
 * A dropout mask that is never stored: whether element {@code (row, column)} of a matrix is kept is a hash of the key
 * and of the element's place, so that the backward pass computes the same mask again. Kept elements are multiplied by
 * {@code 1 / (1 - rate)}.
 *
 * @param key the key of this place in this step, see {@link CounterRandom#key}
 * @param rate probability of dropping, 0 (no dropout) … below 1
 * @param sequenceOfRow the sequence that each row belongs to, where the rows of a sequence share a mask (Mesh TensorFlow,
 *     T5X); null where every row has its own (Hugging Face)
 */
public record Dropout(long key, float rate, int[] sequenceOfRow) {

    /** No dropout. */
    public static final Dropout NONE = new Dropout(0, 0f, null);

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Dropout rate must be at least 0 and below 1: " + rate);
        }
    }

    /** Whether anything is dropped. */
    public boolean active() {
        return rate > 0;
    }

    /** Whether the rows of a sequence share a mask. */
    public boolean shared() {
        return sequenceOfRow != null;
    }

    /** The row of the mask that is for row {@code row} of the matrix. */
    public int maskRow(int row) {
        return sequenceOfRow == null ? row : sequenceOfRow[row];
    }

    /** What kept elements are multiplied by. */
    public float scale() {
        return 1f / (1f - rate);
    }

    /** An element is kept when the upper 24 bits of its hash are at least this. */
    public int threshold() {
        return (int) (rate * (1 << 24));
    }

    /** The multipliers, 0 or {@link #scale}, of elements {@code first … first+count-1} of the mask. */
    public void maskInto(int first, int count, float[] target, int offset) {
        int threshold = threshold();
        float scale = scale();
        for (int i = 0; i < count; i++) {
            target[offset + i] = (CounterRandom.bits(key, first + i) >>> 8) >= threshold ? scale : 0f;
        }
    }
}
