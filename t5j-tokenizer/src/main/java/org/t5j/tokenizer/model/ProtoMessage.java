package org.t5j.tokenizer.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.t5j.tokenizer.TokenizerException;

/**
 * A protobuf message: its bytes, known to be well-formed. Whoever changes one field keeps all others, known or not, so
 * a message that is read and written again has the same bytes. Takes no more memory than the bytes; a getter walks over
 * them.
 */
public final class ProtoMessage {

    /** The message without fields. */
    public static final ProtoMessage EMPTY = new ProtoMessage(new byte[0]);

    private final byte[] bytes;

    private ProtoMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a message.
     *
     * @param bytes owned by the message from now on
     * @throws TokenizerException if {@code bytes} are not protobuf or are cut off
     */
    public static ProtoMessage parse(byte[] bytes) {
        ProtoReader reader = new ProtoReader(bytes);
        while (reader.next()) {
            // A field that is not well-formed throws.
        }
        return ofWellFormed(bytes);
    }

    private static ProtoMessage ofWellFormed(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ProtoMessage(bytes);
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public boolean has(int number) {
        return last(number, reader -> true, false);
    }

    public long getLong(int number, long otherwise) {
        return last(number, reader -> reader.bits(ProtoReader.VARINT), otherwise);
    }

    public int getInt(int number, int otherwise) {
        return (int) getLong(number, otherwise);
    }

    public boolean getBoolean(int number, boolean otherwise) {
        return getLong(number, otherwise ? 1 : 0) != 0;
    }

    public float getFloat(int number, float otherwise) {
        return last(number, reader -> Float.intBitsToFloat((int) reader.bits(ProtoReader.FIXED32)), otherwise);
    }

    /** A copy of the bytes of field {@code number}; empty if it is absent. */
    public byte[] getBytes(int number) {
        return last(number, ProtoReader::block, new byte[0]);
    }

    public String getString(int number, String otherwise) {
        return last(number, reader -> new String(reader.block(), StandardCharsets.UTF_8), otherwise);
    }

    /** Gives a copy of each value of the repeated field {@code number} to {@code user}, in order. */
    public void forEachBytes(int number, Consumer<byte[]> user) {
        ProtoReader reader = new ProtoReader(bytes);
        while (reader.next()) {
            if (reader.number() == number) {
                user.accept(reader.block());
            }
        }
    }

    /** The embedded message {@code number}, several occurrences merged; empty if it is absent. */
    public ProtoMessage getMessage(int number) {
        ByteArrayOutputStream merged = new ByteArrayOutputStream(0);
        forEachBytes(number, merged::writeBytes);
        return parse(merged.toByteArray());
    }

    /** This message without the fields whose number fits {@code dropped}. */
    public ProtoMessage without(IntPredicate dropped) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
        ProtoReader reader = new ProtoReader(bytes);
        while (reader.next()) {
            if (!dropped.test(reader.number())) {
                kept.write(bytes, reader.fieldStart(), reader.fieldEnd() - reader.fieldStart());
            }
        }
        return ofWellFormed(kept.toByteArray());
    }

    /** The bytes of the message; a copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProtoMessage message && Arrays.equals(bytes, message.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** What {@code value} takes from the last field {@code number}; {@code otherwise} if there is none. */
    private <T> T last(int number, Function<ProtoReader, T> value, T otherwise) {
        ProtoReader reader = new ProtoReader(bytes);
        int found = -1;
        while (reader.next()) {
            if (reader.number() == number) {
                found = reader.fieldStart();
            }
        }
        if (found < 0) {
            return otherwise;
        }
        reader.moveTo(found);
        reader.next();
        return value.apply(reader);
    }

    /** Collects the fields of a new message. */
    public static final class Builder {

        private final List<Field> fields = new ArrayList<>();

        /** A field as it is written, tag included. */
        private record Field(int number, byte[] bytes) {}

        public Builder add(int number, long value) {
            ByteArrayOutputStream out = start(number, ProtoReader.VARINT);
            writeVarint(out, value);
            return end(number, out);
        }

        public Builder add(int number, boolean value) {
            return add(number, value ? 1L : 0L);
        }

        public Builder add(int number, float value) {
            ByteArrayOutputStream out = start(number, ProtoReader.FIXED32);
            int bits = Float.floatToRawIntBits(value);
            for (int shift = 0; shift < Float.SIZE; shift += Byte.SIZE) {
                out.write(bits >>> shift);
            }
            return end(number, out);
        }

        public Builder add(int number, byte[] value) {
            ByteArrayOutputStream out = start(number, ProtoReader.BYTES);
            writeVarint(out, value.length);
            out.writeBytes(value);
            return end(number, out);
        }

        public Builder add(int number, String value) {
            return add(number, value.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds {@code value} as an embedded message unless it is empty. */
        public Builder add(int number, ProtoMessage value) {
            return value.isEmpty() ? this : add(number, value.bytes);
        }

        /** Adds all fields of {@code message} as they are. */
        public Builder addAll(ProtoMessage message) {
            ProtoReader reader = new ProtoReader(message.bytes);
            while (reader.next()) {
                fields.add(new Field(
                        reader.number(), Arrays.copyOfRange(message.bytes, reader.fieldStart(), reader.fieldEnd())));
            }
            return this;
        }

        /** The message, its fields ordered by number as protobuf writes them. */
        public ProtoMessage build() {
            fields.sort(Comparator.comparingInt(Field::number));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            fields.forEach(field -> out.writeBytes(field.bytes));
            return ofWellFormed(out.toByteArray());
        }

        private static ByteArrayOutputStream start(int number, int wireType) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            writeVarint(out, (long) number << 3 | wireType);
            return out;
        }

        private Builder end(int number, ByteArrayOutputStream out) {
            fields.add(new Field(number, out.toByteArray()));
            return this;
        }

        private static void writeVarint(ByteArrayOutputStream out, long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
