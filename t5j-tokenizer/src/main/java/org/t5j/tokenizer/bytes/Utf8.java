package org.t5j.tokenizer.bytes;

/** UTF-8 as SentencePiece reads it (its {@code util.cc}). */
public final class Utf8 {

    private static final byte[] LENGTH_BY_HIGH_NIBBLE = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4};

    private Utf8() {}

    /** Length of the character that starts with {@code lead}, by that byte alone; 1 for a continuation byte. */
    public static int length(byte lead) {
        return LENGTH_BY_HIGH_NIBBLE[(lead & 0xFF) >> 4];
    }

    /** Length of the well-formed character at {@code at}, or 0 if the bytes there are malformed or cut at {@code end}. */
    public static int wellFormedLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean overlong = lead == 0xE0 && second < 0xA0 || lead == 0xF0 && second < 0x90;
        boolean surrogateOrTooHigh = lead == 0xED && second > 0x9F || lead == 0xF4 && second > 0x8F;
        return overlong || surrogateOrTooHigh ? 0 : length;
    }

    /** The code point of the well-formed character at {@code at}. */
    public static int codePoint(byte[] bytes, int at) {
        int lead = bytes[at];
        if (lead >= 0) {
            return lead;
        }
        int second = bytes[at + 1] & 0x3F;
        if (lead < (byte) 0xE0) {
            return (lead & 0x1F) << 6 | second;
        }
        int third = bytes[at + 2] & 0x3F;
        if (lead < (byte) 0xF0) {
            return (lead & 0x0F) << 12 | second << 6 | third;
        }
        return (lead & 0x07) << 18 | second << 12 | third << 6 | bytes[at + 3] & 0x3F;
    }

    /** True if all of {@code bytes} is well-formed. */
    public static boolean isWellFormed(byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int length = wellFormedLength(bytes, at, bytes.length);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
