package org.t5j.core.layer;

import java.util.Arrays;
import org.t5j.core.kernel.KeyRows;

/**
 * Where the tokens of each hypothesis of a search stand in the caches of a decoder. Every token written is a row there,
 * {@code position * hypotheses + hypothesis}, and stays where it is: hypotheses with a common past share its rows, and
 * when a search drops some and continues others several times, only row numbers move.
 */
final class HypothesisRows {
    private final int hypotheses;
    private final int capacity;
    private final int[] lengths;
    private KeyRows rows;
    private KeyRows spare;
    private int length;

    /** @param capacity tokens that a hypothesis can have */
    HypothesisRows(int hypotheses, int capacity) {
        this.hypotheses = hypotheses;
        this.capacity = capacity;
        this.lengths = new int[hypotheses];
        int[] starts = new int[hypotheses];
        Arrays.setAll(starts, i -> i * capacity);
        this.rows = new KeyRows(starts, lengths, new int[hypotheses * capacity]);
        this.spare = new KeyRows(starts, lengths, new int[hypotheses * capacity]);
    }

    /** Tokens that every hypothesis has. */
    int length() {
        return length;
    }

    /** The rows of every hypothesis's tokens, for attention. */
    KeyRows rows() {
        return rows;
    }

    /** Adds a token to every hypothesis; returns the first of the rows that it is to be written to. */
    int append() {
        if (length == capacity) {
            throw new IllegalStateException("The cache holds " + capacity + " tokens and is full");
        }
        int first = length * hypotheses;
        for (int i = 0; i < hypotheses; i++) {
            rows.rows()[i * capacity + length] = first + i;
        }
        length++;
        Arrays.fill(lengths, length);
        return first;
    }

    /** Hypothesis {@code i} becomes a continuation of hypothesis {@code parents[i]}. */
    void reorder(int[] parents) {
        for (int i = 0; i < hypotheses; i++) {
            System.arraycopy(rows.rows(), parents[i] * capacity, spare.rows(), i * capacity, length);
        }
        KeyRows old = rows;
        rows = spare;
        spare = old;
    }
}
