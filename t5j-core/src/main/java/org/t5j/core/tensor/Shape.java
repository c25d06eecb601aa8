package org.t5j.core.tensor;

import java.util.Arrays;

/** Arithmetic on shapes: arrays of dimensions, the last one contiguous. */
public final class Shape {
    private Shape() {}

    /** Number of elements of {@code shape}. */
    public static long length(int... shape) {
        long length = 1;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("A shape has no negative dimension: " + Arrays.toString(shape));
            }
            length = Math.multiplyExact(length, (long) dimension);
        }
        return length;
    }
}
