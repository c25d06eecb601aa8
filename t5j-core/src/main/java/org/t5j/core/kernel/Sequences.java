package org.t5j.core.kernel;

import java.util.Arrays;

/**
 * The sequences of a batch laid end to end without padding: sequence {@code b} is rows {@code start(b) … start(b) +
 * length(b) - 1} of an activation matrix.
 */
public final class Sequences {
    private final int[] starts;
    private final int[] lengths;
    private final int maxLength;
    private int[] sequenceOfRow;

    private Sequences(int[] lengths) {
        this.lengths = lengths;
        this.starts = new int[lengths.length];
        int rows = 0;
        int max = 0;
        for (int b = 0; b < lengths.length; b++) {
            if (lengths[b] < 1) {
                throw new IllegalArgumentException("Sequence " + b + " has " + lengths[b] + " rows; it needs one");
            }
            starts[b] = rows;
            rows = Math.addExact(rows, lengths[b]);
            max = Math.max(max, lengths[b]);
        }
        this.maxLength = max;
    }

    /** Sequences of these lengths, each at least 1. */
    public static Sequences of(int... lengths) {
        return new Sequences(lengths.clone());
    }

    /** {@code count} sequences of one length. */
    public static Sequences uniform(int count, int length) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        return new Sequences(lengths);
    }

    /** Number of sequences. */
    public int count() {
        return lengths.length;
    }

    /** First row of sequence {@code b}. */
    public int start(int b) {
        return starts[b];
    }

    /** Number of rows of sequence {@code b}. */
    public int length(int b) {
        return lengths[b];
    }

    /** Length of the longest. */
    public int maxLength() {
        return maxLength;
    }

    /** Rows of all sequences together. */
    public int rows() {
        int last = lengths.length - 1;
        return starts[last] + lengths[last];
    }

    /** Whether all are of one length. */
    public boolean uniform() {
        return (long) maxLength * lengths.length == rows();
    }

    /** The sequence of every row; not to be written to. */
    public int[] sequenceOfRow() {
        if (sequenceOfRow == null) {
            sequenceOfRow = new int[rows()];
            for (int b = 0; b < lengths.length; b++) {
                Arrays.fill(sequenceOfRow, starts[b], starts[b] + lengths[b], b);
            }
        }
        return sequenceOfRow;
    }
}
