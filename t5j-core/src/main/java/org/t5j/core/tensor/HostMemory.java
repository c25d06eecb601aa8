package org.t5j.core.tensor;

import java.nio.ByteBuffer;

/**
 * Where a tensor's floats stand in the memory of this process, for kernels that read and write them there. Valid as long
 * as the tensor; made once per tensor.
 *
 * @param address of the first float
 * @param length number of floats
 * @param bytes the same memory as a buffer in native byte order, or null where it is longer than a buffer can be
 */
public record HostMemory(long address, long length, ByteBuffer bytes) {

    /** The float at {@code index}: for a number here and there, not for loops. */
    public float get(long index) {
        return bytes.getFloat(Math.toIntExact(index * Float.BYTES));
    }

    /** Replaces the float at {@code index}. */
    public void set(long index, float value) {
        bytes.putFloat(Math.toIntExact(index * Float.BYTES), value);
    }
}
