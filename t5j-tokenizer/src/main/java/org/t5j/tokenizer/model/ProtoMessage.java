package org.t5j.tokenizer.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.t5j.tokenizer.TokenizerException;

/**
 * A protobuf message as the list of its fields, in the order of the file. Whoever changes one field keeps all others,
 * known or not, so a message that is read and written again has the same bytes.
 */
public final class ProtoMessage {

    /** The message without fields. */
    public static final ProtoMessage EMPTY = new ProtoMessage(List.of());

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private final List<Field> fields;

    private ProtoMessage(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** One field: {@code bytes} for wire type 2, else {@code bits}. */
    record Field(int number, int wireType, long bits, byte[] bytes) {}

    /**
     * Reads a message.
     *
     * @throws TokenizerException if {@code bytes} are not protobuf or are cut off
     */
    public static ProtoMessage parse(byte[] bytes) {
        return new ProtoMessage(new ProtoReader(bytes).fields());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public boolean has(int number) {
        return last(number) != null;
    }

    public long getLong(int number, long otherwise) {
        Field field = last(number, VARINT);
        return field == null ? otherwise : field.bits;
    }

    public int getInt(int number, int otherwise) {
        return (int) getLong(number, otherwise);
    }

    public boolean getBoolean(int number, boolean otherwise) {
        return getLong(number, otherwise ? 1 : 0) != 0;
    }

    public float getFloat(int number, float otherwise) {
        Field field = last(number, FIXED32);
        return field == null ? otherwise : Float.intBitsToFloat((int) field.bits);
    }

    /** The bytes of field {@code number}, not a copy; empty if it is absent. */
    public byte[] getBytes(int number) {
        Field field = last(number, BYTES);
        return field == null ? new byte[0] : field.bytes;
    }

    public String getString(int number, String otherwise) {
        Field field = last(number, BYTES);
        return field == null ? otherwise : new String(field.bytes, StandardCharsets.UTF_8);
    }

    /** All values of the repeated field {@code number}, not copies. */
    public List<byte[]> getAllBytes(int number) {
        return fields.stream()
                .filter(field -> field.number == number)
                .map(field -> checked(field, BYTES).bytes)
                .toList();
    }

    /** The embedded message {@code number}, several occurrences merged; empty if it is absent. */
    public ProtoMessage getMessage(int number) {
        List<Field> merged = new ArrayList<>();
        getAllBytes(number).forEach(bytes -> merged.addAll(parse(bytes).fields));
        return merged.isEmpty() ? EMPTY : new ProtoMessage(merged);
    }

    /** This message without the fields whose number fits {@code dropped}. */
    public ProtoMessage without(Predicate<Integer> dropped) {
        List<Field> kept =
                fields.stream().filter(field -> !dropped.test(field.number)).toList();
        return kept.isEmpty() ? EMPTY : new ProtoMessage(kept);
    }

    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Field field : fields) {
            writeVarint(out, (long) field.number << 3 | field.wireType);
            switch (field.wireType) {
                case VARINT -> writeVarint(out, field.bits);
                case FIXED64 -> writeFixed(out, field.bits, 8);
                case FIXED32 -> writeFixed(out, field.bits, 4);
                default -> {
                    writeVarint(out, field.bytes.length);
                    out.writeBytes(field.bytes);
                }
            }
        }
        return out.toByteArray();
    }

    private Field last(int number) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).number == number) {
                return fields.get(i);
            }
        }
        return null;
    }

    private Field last(int number, int wireType) {
        Field field = last(number);
        return field == null ? null : checked(field, wireType);
    }

    private static Field checked(Field field, int wireType) {
        if (field.wireType != wireType) {
            throw new TokenizerException("field " + field.number + " has the protobuf wire type " + field.wireType
                    + " where " + wireType + " belongs");
        }
        return field;
    }

    private static void writeVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void writeFixed(ByteArrayOutputStream out, long bits, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (bits >>> 8 * i));
        }
    }

    /** Collects the fields of a new message. */
    public static final class Builder {

        private final List<Field> fields = new ArrayList<>();

        public Builder add(int number, long value) {
            fields.add(new Field(number, VARINT, value, null));
            return this;
        }

        public Builder add(int number, boolean value) {
            return add(number, value ? 1L : 0L);
        }

        public Builder add(int number, float value) {
            fields.add(new Field(number, FIXED32, Float.floatToRawIntBits(value) & 0xFFFFFFFFL, null));
            return this;
        }

        public Builder add(int number, byte[] value) {
            fields.add(new Field(number, BYTES, 0, value));
            return this;
        }

        public Builder add(int number, String value) {
            return add(number, value.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds {@code value} as an embedded message unless it is empty. */
        public Builder add(int number, ProtoMessage value) {
            return value.isEmpty() ? this : add(number, value.toBytes());
        }

        /** Adds all fields of {@code message} as they are. */
        public Builder addAll(ProtoMessage message) {
            fields.addAll(message.fields);
            return this;
        }

        /** The message, its fields ordered by number as protobuf writes them. */
        public ProtoMessage build() {
            fields.sort(Comparator.comparingInt(Field::number));
            return new ProtoMessage(fields);
        }
    }
}
