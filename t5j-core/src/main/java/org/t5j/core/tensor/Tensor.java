package org.t5j.core.tensor;

import java.util.Arrays;

/**
 * Float32 values in row-major order: a shape laid over a contiguous part of a {@link Storage}.
 *
 * <p>A tensor owns nothing. It stays valid as long as its storage: for the life of the model for parameters, until the
 * next step for what an {@link Arena} hands out.
 */
public final class Tensor {
    private final Storage storage;
    private final long offset;
    private final int[] shape;
    private final long length;
    /** What the backend laid over the same memory, kept so that it is made once. */
    Object handle;

    /** Where the values are, if the backend computes on the host; made on first use. */
    HostMemory hostMemory;

    /**
     * Lays {@code shape} over {@code storage} from {@code offset} floats on, without copying.
     *
     * @throws IllegalArgumentException where it does not fit
     */
    public Tensor(Storage storage, long offset, int... shape) {
        this.storage = storage;
        this.offset = offset;
        this.shape = shape.clone();
        this.length = Shape.length(shape);
        if (offset < 0 || offset + length > storage.length()) {
            throw new IllegalArgumentException("A tensor of shape " + Arrays.toString(shape) + " at " + offset
                    + " does not fit a storage of " + storage.length() + " floats");
        }
    }

    /** The memory, which others may share. */
    public Storage storage() {
        return storage;
    }

    /** Where the first element stands in the storage, in floats. */
    public long offset() {
        return offset;
    }

    /** Number of elements. */
    public long length() {
        return length;
    }

    /** Number of dimensions; 0 for a scalar. */
    public int rank() {
        return shape.length;
    }

    /** Size of dimension {@code axis}; negative axes count from the end. */
    public int size(int axis) {
        return shape[axis < 0 ? axis + shape.length : axis];
    }

    /** A copy of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** Whether the dimensions are exactly these. */
    public boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    /** Number of rows when all dimensions but the last are taken together. */
    public int rows() {
        return rank() == 0 || size(-1) == 0 ? 1 : Math.toIntExact(length / size(-1));
    }

    /** The same memory under another shape with as many elements. */
    public Tensor reshapeView(int... newShape) {
        if (Shape.length(newShape) != length) {
            throw new IllegalArgumentException(
                    "Shape " + Arrays.toString(shape) + " cannot be seen as " + Arrays.toString(newShape));
        }
        return new Tensor(storage, offset, newShape);
    }

    /** Rows {@code from … from+count-1} of the first dimension, on the same memory. */
    public Tensor rowsView(int from, int count) {
        int[] part = shape.clone();
        if (rank() == 0 || from < 0 || count < 0 || from + count > shape[0]) {
            throw new IllegalArgumentException(
                    "Rows " + from + " to " + (from + count) + " are outside shape " + Arrays.toString(shape));
        }
        part[0] = count;
        return new Tensor(storage, offset + from * (length / Math.max(1, shape[0])), part);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
