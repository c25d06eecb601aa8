package org.t5j.core.layer;

import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/**
 * The keys and values of the tokens that each hypothesis has written so far, in one block of a decoder: {@code [rows *
 * capacity, heads * dKv]}, of which the first {@link #length} rows of each hypothesis are filled.
 */
final class KeyValueCache {
    private final int rows;
    private final int capacity;
    private Tensor keys;
    private Tensor values;
    private Tensor spareKeys;
    private Tensor spareValues;
    private int length;

    KeyValueCache(Arena arena, int rows, int capacity, int inner) {
        this.rows = rows;
        this.capacity = capacity;
        this.keys = arena.take(rows * capacity, inner);
        this.values = arena.take(rows * capacity, inner);
        this.spareKeys = arena.take(rows * capacity, inner);
        this.spareValues = arena.take(rows * capacity, inner);
    }

    int length() {
        return length;
    }

    int capacity() {
        return capacity;
    }

    Tensor keys() {
        return keys;
    }

    Tensor values() {
        return values;
    }

    /** Adds a token to every hypothesis: {@code k} and {@code v} are {@code [rows, heads * dKv]}. */
    void append(Step step, Tensor k, Tensor v) {
        if (length == capacity) {
            throw new IllegalStateException("The cache holds " + capacity + " tokens and is full");
        }
        int[] places = new int[rows];
        for (int row = 0; row < rows; row++) {
            places[row] = row * capacity + length;
        }
        IntTensor at = step.ints(places);
        step.kernels().scatterRows(k, at, keys);
        step.kernels().scatterRows(v, at, values);
        length++;
    }

    /** Hypothesis {@code i} becomes a copy of hypothesis {@code parents[i]}. */
    void reorder(Step step, IntTensor parents) {
        copy(step, keys, parents, spareKeys);
        copy(step, values, parents, spareValues);
        Tensor oldKeys = keys;
        Tensor oldValues = values;
        keys = spareKeys;
        values = spareValues;
        spareKeys = oldKeys;
        spareValues = oldValues;
    }

    private void copy(Step step, Tensor from, IntTensor parents, Tensor to) {
        int width = (int) (from.length() / rows);
        step.kernels().gatherRows(from.reshapeView(rows, width), parents, to.reshapeView(rows, width));
    }
}
