package org.t5j.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of the safetensors format, in the format's names. */
public enum Dtype {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    Dtype(int bits) {
        this.bits = bits;
    }

    /** Size of an element in bits. */
    public int bits() {
        return bits;
    }

    /** Whether {@link SafetensorsReader#floats} reads it. */
    public boolean readableAsFloat() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** The next value of {@code bytes}, which are little endian; for types that are {@link #readableAsFloat}. */
    public float readFloat(ByteBuffer bytes) {
        return switch (this) {
            case F32 -> bytes.getFloat();
            case F16 -> widenF16(bytes.getShort());
            case BF16 -> widenBf16(bytes.getShort());
            default -> throw new IllegalArgumentException(this + " is not of floating point");
        };
    }

    /** The value of an IEEE half-precision number. */
    static float widenF16(short half) {
        int exponent = (half >> 10) & 0x1f;
        int mantissa = half & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = Float.intBitsToFloat(0x7f800000 | mantissa << 13);
        } else if (exponent == 0) {
            magnitude = mantissa * 0x1p-24f;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | mantissa << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    /** The value of a bfloat16 number, the upper half of a float. */
    static float widenBf16(short half) {
        return Float.intBitsToFloat(half << 16);
    }

    /** The half-precision number nearest to {@code value}, of two the even; infinite from 65520. */
    static short narrowF16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        int half;
        if (magnitude > 0x7f800000) {
            half = 0x7e00;
        } else if (magnitude >= 0x47800000) {
            half = 0x7c00;
        } else if (magnitude >= 0x38800000) {
            half = roundToEven(magnitude - (112 << 23), 13);
        } else {
            half = (int) Math.rint(Math.abs(value) * 0x1p24);
        }
        return (short) (sign | half);
    }

    /** The bfloat16 number nearest to {@code value}, of two the even; infinite beyond 3.39e38. */
    static short narrowBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) (Float.isNaN(value) ? bits >>> 16 | 0x40 : roundToEven(bits, 16));
    }

    private static int roundToEven(int bits, int dropped) {
        return bits + (1 << dropped - 1) - 1 + (bits >>> dropped & 1) >>> dropped;
    }

    static Optional<Dtype> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
