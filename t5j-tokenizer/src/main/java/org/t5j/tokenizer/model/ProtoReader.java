package org.t5j.tokenizer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.model.ProtoMessage.Field;

/** Reads the fields of a protobuf message; every length is checked against the bytes that are there. */
final class ProtoReader {

    private final byte[] bytes;
    private int at;

    ProtoReader(byte[] bytes) {
        this.bytes = bytes;
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        while (at < bytes.length) {
            long tag = varint();
            int wireType = (int) (tag & 7);
            long number = tag >>> 3;
            if (number == 0 || number > (1 << 29) - 1) {
                throw new TokenizerException("not protobuf: field number " + number + " before byte " + at);
            }
            fields.add(field((int) number, wireType));
        }
        return fields;
    }

    private Field field(int number, int wireType) {
        return switch (wireType) {
            case ProtoMessage.VARINT -> new Field(number, wireType, varint(), null);
            case ProtoMessage.FIXED64 -> new Field(number, wireType, fixed(8), null);
            case ProtoMessage.FIXED32 -> new Field(number, wireType, fixed(4), null);
            case ProtoMessage.BYTES -> new Field(number, wireType, 0, block());
            default ->
                throw new TokenizerException(
                        "not protobuf: wire type " + wireType + " of field " + number + " before byte " + at);
        };
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new TokenizerException("not protobuf: a number of more than ten bytes before byte " + at);
    }

    private long fixed(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (next() & 0xFFL) << 8 * i;
        }
        return value;
    }

    private byte[] block() {
        long length = varint();
        if (length < 0 || length > bytes.length - at) {
            throw new TokenizerException("cut off: " + Long.toUnsignedString(length) + " bytes announced at byte " + at
                    + ", " + (bytes.length - at) + " left");
        }
        at += (int) length;
        return Arrays.copyOfRange(bytes, at - (int) length, at);
    }

    private byte next() {
        if (at == bytes.length) {
            throw new TokenizerException("cut off at byte " + at);
        }
        return bytes[at++];
    }
}
