package org.t5j.core.checkpoint.t5x;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.Dtype;

/**
 * An array in a file, row-major and little endian.
 *
 * @param parts where its values stand, one after the other; more than one for arrays above 1 GiB
 */
record NumpyArray(ByteFile file, Dtype dtype, List<Long> shape, List<Part> parts) implements StoredArray {
    record Part(long start, long bytes) {}

    /** Checks that shape and bytes agree. */
    NumpyArray {
        shape = List.copyOf(shape);
        parts = List.copyOf(parts);
        long bytes = parts.stream().mapToLong(Part::bytes).sum();
        if (shape.stream().anyMatch(size -> size < 0) || length(shape, dtype, file) != bytes) {
            throw file.damaged("an array of shape " + shape + " and type " + dtype + " in " + bytes + " bytes");
        }
    }

    private static long length(List<Long> shape, Dtype dtype, ByteFile file) {
        try {
            return shape.stream().reduce(dtype.bits() / 8L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw file.damaged("an array of shape " + shape);
        }
    }

    @Override
    public void read(long from, float[] target, int targetOffset, int count) {
        int width = dtype.bits() / 8;
        long begin = 0;
        int done = 0;
        for (Part part : parts) {
            long elements = part.bytes() / width;
            long at = from + done - begin;
            if (done < count && at < elements) {
                int length = (int) Math.min(count - done, elements - at);
                ByteBuffer bytes = ByteBuffer.allocate(length * width).order(ByteOrder.LITTLE_ENDIAN);
                file.read(part.start() + at * width, bytes);
                for (int i = 0; i < length; i++) {
                    target[targetOffset + done + i] = dtype.readFloat(bytes);
                }
                done += length;
            }
            begin += elements;
        }
    }

    @Override
    public long scalar() {
        boolean integer = dtype == Dtype.I32 || dtype == Dtype.I64;
        if (!integer || !shape.isEmpty()) {
            throw new T5Exception(file.path() + " holds " + dtype + " of shape " + shape + " where an integer belongs");
        }
        ByteBuffer bytes = ByteBuffer.allocate(dtype.bits() / 8).order(ByteOrder.LITTLE_ENDIAN);
        file.read(parts.get(0).start(), bytes);
        return dtype == Dtype.I32 ? bytes.getInt() : bytes.getLong();
    }
}
