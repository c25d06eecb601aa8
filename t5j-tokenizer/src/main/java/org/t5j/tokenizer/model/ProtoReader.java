package org.t5j.tokenizer.model;

import java.util.Arrays;
import org.t5j.tokenizer.TokenizerException;

/**
 * Walks over the fields of a protobuf message without making an object of each; every length is checked against the
 * bytes that are there. {@link #next} steps to a field, the other methods tell of it.
 */
final class ProtoReader {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private static final int MAX_FIELD_NUMBER = (1 << 29) - 1;

    private final byte[] bytes;
    private final long length;
    private int at;
    private int fieldStart;
    private int number;
    private int wireType;
    private long bits;
    private int blockStart;

    ProtoReader(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /** Reads {@code start}, the first bytes of a message of {@code length} bytes; a field cut off there is the last. */
    ProtoReader(byte[] start, long length) {
        this.bytes = start;
        this.length = length;
    }

    /**
     * Steps to the next field.
     *
     * @return false at the end
     * @throws TokenizerException if the bytes are not protobuf or are cut off
     */
    boolean next() {
        if (at >= bytes.length) {
            return false;
        }
        fieldStart = at;
        long tag = varint();
        wireType = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 3 > MAX_FIELD_NUMBER) {
            throw new TokenizerException("not protobuf: field number " + (tag >>> 3) + " before byte " + at);
        }
        number = (int) (tag >>> 3);
        switch (wireType) {
            case VARINT -> bits = varint();
            case FIXED64 -> bits = fixed(8);
            case FIXED32 -> bits = fixed(4);
            case BYTES -> skipBlock();
            default ->
                throw new TokenizerException(
                        "not protobuf: wire type " + wireType + " of field " + number + " before byte " + at);
        }
        return true;
    }

    int number() {
        return number;
    }

    /** The value of a number, its bits from the lowest. */
    long bits(int expectedWireType) {
        check(expectedWireType);
        return bits;
    }

    /** A copy of the bytes of a string, a block of bytes or an embedded message. */
    byte[] block() {
        check(BYTES);
        return Arrays.copyOfRange(bytes, blockStart, at);
    }

    /** Where the field starts, its tag included. */
    int fieldStart() {
        return fieldStart;
    }

    /** Where the next field starts. */
    int fieldEnd() {
        return at;
    }

    /** Goes to a field that starts at {@code start}, for {@link #next} to step to. */
    void moveTo(int start) {
        at = start;
    }

    private void check(int expectedWireType) {
        if (wireType != expectedWireType) {
            throw new TokenizerException("field " + number + " has the protobuf wire type " + wireType + " where "
                    + expectedWireType + " belongs");
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = nextByte();
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
            value |= (nextByte() & 0xFFL) << 8 * i;
        }
        return value;
    }

    private void skipBlock() {
        long size = varint();
        if (size < 0 || size > length - at) {
            throw new TokenizerException("cut off: " + Long.toUnsignedString(size) + " bytes announced at byte " + at
                    + ", " + (length - at) + " left");
        }
        blockStart = at;
        at = (int) Math.min(at + size, bytes.length);
    }

    private byte nextByte() {
        if (at < bytes.length) {
            return bytes[at++];
        }
        if (at < length) {
            at++;
            return 0; // Behind the start that was given: whatever it is.
        }
        throw new TokenizerException("cut off at byte " + at);
    }
}
