package org.t5j.core.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.T5Exception;
import org.t5j.core.tensor.Shape;

/**
 * Writes a safetensors file as the reference implementation does: tensors sorted by the size of their type, the largest
 * first, then by name; the header padded with spaces to a multiple of 8. Tensors are declared with {@code add} and
 * produced piece by piece while the file is written, so that a model larger than the heap can be saved.
 */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 18;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, Pending> tensors = new TreeMap<>();
    private final float[] scratch = new float[CHUNK];

    /** Produces the values of a tensor. */
    @FunctionalInterface
    public interface FloatSource {
        /** Puts elements {@code from … from+count-1} of the tensor, row-major, to the start of {@code target}. */
        void read(long from, float[] target, int count);
    }

    private interface Body {
        /** Puts elements {@code from … from+count-1} into {@code chunk}, which starts empty. */
        void put(long from, int count, ByteBuffer chunk);
    }

    private record Pending(Dtype dtype, int[] shape, Body body) {
        long bytes() {
            return Shape.length(shape) * dtype.bits() / 8;
        }
    }

    /** A file with the metadata {@code format=pt}, without which Hugging Face loads no model. */
    public SafetensorsWriter() {
        metadata.put("format", "pt");
    }

    /** Stores a string beside the tensors. */
    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** Adds an F32 tensor; {@code source} is asked for it in order, once per {@link #write}. */
    public SafetensorsWriter add(String name, FloatSource source, int... shape) {
        return add(name, Dtype.F32, source, shape);
    }

    /**
     * Adds a tensor of type F32, F16 or BF16, rounded to it; {@code source} is asked for it in order, once per {@link
     * #write}, which fails where a finite value is too large for the type.
     */
    public SafetensorsWriter add(String name, Dtype dtype, FloatSource source, int... shape) {
        if (!dtype.readableAsFloat()) {
            throw new IllegalArgumentException(name + " must be F32, F16 or BF16, found " + dtype);
        }
        return add(name, new Pending(dtype, shape.clone(), (from, count, chunk) -> {
            source.read(from, scratch, count);
            if (dtype == Dtype.F32) {
                chunk.asFloatBuffer().put(scratch, 0, count);
            } else {
                putNarrowed(name, dtype, from, count, chunk.asShortBuffer());
            }
        }));
    }

    private void putNarrowed(String name, Dtype dtype, long from, int count, ShortBuffer target) {
        for (int i = 0; i < count; i++) {
            float value = scratch[i];
            short narrow = dtype == Dtype.F16 ? Dtype.narrowF16(value) : Dtype.narrowBf16(value);
            float read = dtype == Dtype.F16 ? Dtype.widenF16(narrow) : Dtype.widenBf16(narrow);
            if (Float.isInfinite(read) && Float.isFinite(value)) {
                throw new T5Exception("Tensor \"" + name + "\" holds " + value + " at " + (from + i)
                        + ", which is too large for " + dtype + "; write F32"
                        + (dtype == Dtype.F16 ? " or BF16" : ""));
            }
            target.put(narrow);
        }
    }

    /** Adds an F32 tensor; {@code values} must not change before {@link #write}. */
    public SafetensorsWriter add(String name, float[] values, int... shape) {
        requireLength(name, values.length, shape);
        return add(name, new Pending(Dtype.F32, shape.clone(), (from, count, chunk) -> chunk.asFloatBuffer()
                .put(values, (int) from, count)));
    }

    /** Adds an I64 tensor; {@code values} must not change before {@link #write}. */
    public SafetensorsWriter add(String name, long[] values, int... shape) {
        requireLength(name, values.length, shape);
        return add(name, new Pending(Dtype.I64, shape.clone(), (from, count, chunk) -> chunk.asLongBuffer()
                .put(values, (int) from, count)));
    }

    private SafetensorsWriter add(String name, Pending tensor) {
        if (name.equals(SafetensorsHeader.METADATA) || tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("The name " + name + " is taken");
        }
        return this;
    }

    private static void requireLength(String name, int length, int[] shape) {
        if (Shape.length(shape) != length) {
            throw new IllegalArgumentException(
                    "Tensor " + name + " has " + length + " values, its shape " + Shape.length(shape));
        }
    }

    /**
     * Writes the file under another name, forces it to disk and renames it to {@code file}, which it replaces.
     *
     * @throws T5Exception where that fails; {@code file} is then what it was
     */
    public void write(Path file) {
        var inOrder = tensors.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        tensor -> -tensor.getValue().dtype().bits()))
                .toList();
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        ObjectNode strings = header.putObject(SafetensorsHeader.METADATA);
        metadata.forEach(strings::put);
        long begin = 0;
        for (var tensor : inOrder) {
            begin = describe(header.putObject(tensor.getKey()), tensor.getValue(), begin);
        }
        AtomicFile.write(file, channel -> {
            writeHeader(channel, header);
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (var tensor : inOrder) {
                writeTensor(channel, tensor.getValue(), chunk);
            }
        });
    }

    private static long describe(ObjectNode node, Pending tensor, long begin) {
        node.put("dtype", tensor.dtype().name());
        var shape = node.putArray("shape");
        for (int dimension : tensor.shape()) {
            shape.add(dimension);
        }
        long end = begin + tensor.bytes();
        node.putArray("data_offsets").add(begin).add(end);
        return end;
    }

    private static void writeHeader(FileChannel channel, ObjectNode header) throws IOException {
        byte[] json = encode(header);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        AtomicFile.writeFully(channel, bytes.flip());
    }

    private static byte[] encode(ObjectNode header) throws JsonProcessingException {
        return JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    }

    private static void writeTensor(FileChannel channel, Pending tensor, ByteBuffer chunk) throws IOException {
        long elements = Shape.length(tensor.shape());
        for (long from = 0; from < elements; from += CHUNK) {
            int count = (int) Math.min(CHUNK, elements - from);
            tensor.body().put(from, count, chunk.clear());
            AtomicFile.writeFully(
                    channel, chunk.position(0).limit(count * tensor.dtype().bits() / 8));
        }
    }
}
