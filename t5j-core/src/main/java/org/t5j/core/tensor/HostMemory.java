package org.t5j.core.tensor;

import java.nio.ByteBuffer;
import org.t5j.core.T5Exception;

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
        requireBytes();
        return bytes.getFloat(Math.toIntExact(index * Float.BYTES));
    }

    /** Replaces the float at {@code index}. */
    public void set(long index, float value) {
        requireBytes();
        bytes.putFloat(Math.toIntExact(index * Float.BYTES), value);
    }

    /** The size of that many floats for messages, in whole gigabytes, 1 at least. */
    static String size(long floats) {
        return Math.max(1, Math.round(floats * Float.BYTES * 1e-9)) + " GB";
    }

    private void requireBytes() {
        if (bytes == null) {
            throw new T5Exception("A tensor of " + length + " numbers, " + size(length)
                    + ", is too large for this computation; take smaller batches");
        }
    }
}
