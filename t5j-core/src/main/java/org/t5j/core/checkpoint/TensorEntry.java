package org.t5j.core.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * What the header of a safetensors file says of a tensor.
 *
 * @param shape dimensions, the last one contiguous; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record TensorEntry(String name, Dtype dtype, List<Long> shape, long begin, long end) {

    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** A tensor that stands alone: its bytes begin at 0. */
    public static TensorEntry of(String name, Dtype dtype, int... shape) {
        List<Long> sizes = Arrays.stream(shape).asLongStream().boxed().toList();
        long elements = sizes.stream().reduce(1L, Math::multiplyExact);
        return new TensorEntry(name, dtype, sizes, 0, elements * dtype.bits() / 8);
    }

    /** Number of elements, 1 for a scalar. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Size in bytes. */
    public long bytes() {
        return end - begin;
    }

    public boolean hasShape(int... expected) {
        return shape.equals(Arrays.stream(expected).asLongStream().boxed().toList());
    }
}
