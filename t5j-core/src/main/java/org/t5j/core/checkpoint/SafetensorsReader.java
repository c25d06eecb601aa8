package org.t5j.core.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.t5j.core.FileFailure;
import org.t5j.core.NearestName;
import org.t5j.core.T5Exception;

/**
 * A safetensors file, memory-mapped: opening it reads the header only, values are read when asked for. Files may be
 * larger than 2 GB. Immutable and thread-safe; the mapping goes with the object.
 *
 * <p>The whole format is checked when the file is opened (see {@link T5Exception} for what a message tells); a file that
 * opens holds every tensor it lists.
 */
public final class SafetensorsReader implements TensorSource {
    private static final int PREFIX = 8;
    private static final int SLICE = 1 << 30;

    private final Path file;
    private final Map<String, String> metadata;
    private final Map<String, TensorEntry> tensors;
    private final long dataStart;
    private final int sliceLength;
    /** Slice i starts at byte i * sliceLength and overlaps the next, so that an element that starts in it ends in it. */
    private final ByteBuffer[] slices;

    private SafetensorsReader(Path file, FileChannel channel, int sliceLength) throws IOException {
        this.file = file;
        this.sliceLength = sliceLength;
        long size = channel.size();
        byte[] json = readHeader(file, channel, size);
        this.dataStart = PREFIX + json.length;
        SafetensorsHeader header = SafetensorsHeader.parse(file, json, size - dataStart);
        this.metadata = Collections.unmodifiableMap(header.metadata());
        this.tensors = Collections.unmodifiableMap(header.tensors());
        this.slices = new ByteBuffer[Math.toIntExact((size + sliceLength - 1) / sliceLength)];
        for (int i = 0; i < slices.length; i++) {
            long from = (long) i * sliceLength;
            long length = Math.min(size - from, (long) sliceLength + Long.BYTES);
            slices[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, length);
        }
    }

    /**
     * Opens a file.
     *
     * @throws T5Exception where it cannot be read or breaks a rule of the format
     */
    public static SafetensorsReader open(Path file) {
        return open(file, SLICE);
    }

    static SafetensorsReader open(Path file, int sliceLength) {
        if (!Files.isRegularFile(file)) {
            throw new T5Exception("There is no file " + file);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return new SafetensorsReader(file, channel, sliceLength);
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    private static byte[] readHeader(Path file, FileChannel channel, long size) throws IOException {
        if (size < PREFIX) {
            throw SafetensorsHeader.malformed(
                    file, "it must start with the 8 bytes of the header's length but has " + size + " bytes");
        }
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, prefix, 0);
        long length = prefix.getLong(0);
        if (length < 0 || length > SafetensorsHeader.MAX_LENGTH) {
            throw SafetensorsHeader.malformed(
                    file,
                    "its header may have at most " + SafetensorsHeader.MAX_LENGTH + " bytes but is said to have "
                            + Long.toUnsignedString(length));
        }
        if (length > size - PREFIX) {
            throw SafetensorsHeader.malformed(
                    file, "its header is said to have " + length + " bytes but the file has " + size);
        }
        ByteBuffer json = ByteBuffer.allocate((int) length);
        readFully(channel, json, PREFIX);
        return json.array();
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
    }

    /** The file that is read. */
    public Path file() {
        return file;
    }

    /** The strings stored beside the tensors, e.g. {@code format=pt}. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The names of the tensors, in the order of their data. */
    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Whether the file has a tensor of that name. */
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /**
     * Type and shape of a tensor.
     *
     * @throws T5Exception where there is none of that name
     */
    @Override
    public TensorEntry entry(String name) {
        TensorEntry entry = tensors.get(name);
        if (entry == null) {
            throw new T5Exception(
                    file + " holds no tensor \"" + name + "\"" + NearestName.quotedQuestion(names(), name));
        }
        return entry;
    }

    /**
     * All values of an F32, F16 or BF16 tensor, row-major.
     *
     * @throws T5Exception where the tensor is missing or of another type
     */
    public float[] floats(String name) {
        float[] values = new float[arrayLength(entry(name))];
        readFloats(name, 0, values, 0, values.length);
        return values;
    }

    /**
     * Copies elements {@code from … from+count-1} of an F32, F16 or BF16 tensor to {@code target}.
     *
     * @throws T5Exception where the tensor is missing or of another type
     */
    @Override
    public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
        TensorEntry entry = entry(name);
        Objects.checkFromIndexSize(from, count, entry.elements());
        Objects.checkFromIndexSize(targetOffset, count, target.length);
        switch (entry.dtype()) {
            case F32 ->
                forEachPart(entry, from, count, (part, at, length) -> part.asFloatBuffer()
                        .get(target, targetOffset + at, length));
            case F16 ->
                forEachPart(entry, from, count, (part, at, length) -> {
                    ShortBuffer shorts = part.asShortBuffer();
                    for (int i = 0; i < length; i++) {
                        target[targetOffset + at + i] = Dtype.widenF16(shorts.get(i));
                    }
                });
            case BF16 ->
                forEachPart(entry, from, count, (part, at, length) -> {
                    ShortBuffer shorts = part.asShortBuffer();
                    for (int i = 0; i < length; i++) {
                        target[targetOffset + at + i] = Dtype.widenBf16(shorts.get(i));
                    }
                });
            default -> throw wrongType(entry, "F32, F16 or BF16");
        }
    }

    /**
     * All values of an I64 or I32 tensor, row-major.
     *
     * @throws T5Exception where the tensor is missing or of another type
     */
    public long[] longs(String name) {
        TensorEntry entry = entry(name);
        long[] values = new long[arrayLength(entry)];
        switch (entry.dtype()) {
            case I64 ->
                forEachPart(entry, 0, values.length, (part, at, length) -> part.asLongBuffer()
                        .get(values, at, length));
            case I32 ->
                forEachPart(entry, 0, values.length, (part, at, length) -> {
                    for (int i = 0; i < length; i++) {
                        values[at + i] = part.getInt(i * Integer.BYTES);
                    }
                });
            default -> throw wrongType(entry, "I64 or I32");
        }
        return values;
    }

    /**
     * {@link #longs} as ints, for ids.
     *
     * @throws T5Exception where the tensor is missing, of another type, or holds a value that is no int
     */
    public int[] ints(String name) {
        long[] longs = longs(name);
        int[] values = new int[longs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) longs[i];
            if (values[i] != longs[i]) {
                throw new T5Exception(
                        file + ": tensor \"" + name + "\" must hold 32-bit integers, found " + longs[i] + " at " + i);
            }
        }
        return values;
    }

    private interface PartReader {
        /** Reads {@code length} elements of {@code part}; {@code at} were read before. */
        void read(ByteBuffer part, int at, int length);
    }

    private void forEachPart(TensorEntry entry, long from, int count, PartReader reader) {
        int width = entry.dtype().bits() / 8;
        for (int at = 0; at < count; ) {
            long position = dataStart + entry.begin() + (from + at) * width;
            int inSlice = (int) (position % sliceLength);
            int length = Math.min(count - at, (sliceLength - inSlice + width - 1) / width);
            ByteBuffer part = slices[(int) (position / sliceLength)].slice(inSlice, length * width);
            try {
                reader.read(part.order(ByteOrder.LITTLE_ENDIAN), at, length);
            } catch (InternalError e) {
                throw new T5Exception(
                        file + " became shorter while it was read; write to another file and rename it", e);
            }
            at += length;
        }
    }

    private int arrayLength(TensorEntry entry) {
        if (entry.elements() > Integer.MAX_VALUE - 8) {
            throw new T5Exception(file + ": tensor \"" + entry.name() + "\" has " + entry.elements()
                    + " elements, more than an array can hold; read it in parts");
        }
        return (int) entry.elements();
    }

    private T5Exception wrongType(TensorEntry entry, String expected) {
        return new T5Exception(file + ": tensor \"" + entry.name() + "\" must be " + expected + ", found "
                + entry.dtype() + "; convert it with the program that wrote it");
    }
}
