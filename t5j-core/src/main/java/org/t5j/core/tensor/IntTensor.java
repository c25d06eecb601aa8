package org.t5j.core.tensor;

/**
 * Ids, labels or row numbers of a step: a fixed number of ints with a copy on the host. Handed out by an {@link Arena}
 * and filled once by {@link #set}; a backend that computes elsewhere uploads it on first use.
 */
public final class IntTensor {
    private final int[] values;
    /** What the backend made of the current values, and whether it still holds them. */
    Object handle;

    boolean uploaded;

    IntTensor(int length) {
        values = new int[length];
    }

    /** Number of values. */
    public int length() {
        return values.length;
    }

    /** The value at {@code index}, from 0. */
    public int get(int index) {
        return values[index];
    }

    /** The host's copy; not to be written to. */
    public int[] valuesView() {
        return values;
    }

    /** Replaces all values. */
    public IntTensor set(int[] source) {
        if (source.length != values.length) {
            throw new IllegalArgumentException("Expected " + values.length + " values, found " + source.length);
        }
        System.arraycopy(source, 0, values, 0, values.length);
        uploaded = false;
        return this;
    }
}
