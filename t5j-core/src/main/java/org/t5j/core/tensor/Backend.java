package org.t5j.core.tensor;

/**
 * Where tensors live: an allocator and explicit copies to and from the host. What is computed on them is the business
 * of {@code org.t5j.core.kernel.Kernels}.
 */
public interface Backend {

    /** One line for logs: the library, the device, the BLAS. */
    String describe();

    /** New memory for {@code floats} values, set to zero; the caller owns it. */
    Storage allocate(long floats);

    /** Gives memory back. Tensors on it must not be used any more. */
    void free(Storage storage);

    /** Copies {@code tensor.length()} floats from {@code source}, starting at {@code sourceOffset}, into the tensor. */
    void write(Tensor tensor, float[] source, int sourceOffset);

    /** Copies the tensor into {@code target}, starting at {@code targetOffset}. */
    void read(Tensor tensor, float[] target, int targetOffset);

    /** Bytes of tensor memory currently allocated. */
    long allocatedBytes();

    /** The most bytes that were allocated together. */
    long peakBytes();

    /** Bytes that can still be allocated; {@link Long#MAX_VALUE} where that is not known. */
    default long freeBytes() {
        return Long.MAX_VALUE;
    }

    /** A zeroed tensor on memory of its own. */
    default Tensor allocateTensor(int... shape) {
        return new Tensor(allocate(Shape.length(shape)), 0, shape);
    }

    /** The values of a tensor of at most 2^31 - 1 elements. */
    default float[] toArray(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.length())];
        read(tensor, values, 0);
        return values;
    }
}
