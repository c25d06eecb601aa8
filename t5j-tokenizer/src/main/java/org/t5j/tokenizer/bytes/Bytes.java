package org.t5j.tokenizer.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of bytes that is cleared and used again. Not for several threads at once. */
public final class Bytes {

    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] array;
    private int length;

    public Bytes(int capacity) {
        array = new byte[capacity];
    }

    /** The bytes, valid up to {@link #length()}; replaced when the buffer grows. Owned by this object. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    /** Room allocated so far, in bytes. */
    public int capacity() {
        return array.length;
    }

    public void clear() {
        length = 0;
    }

    /** Shortens to {@code newLength} bytes. */
    public void truncate(int newLength) {
        length = newLength;
    }

    public void append(byte value) {
        reserve(1);
        array[length++] = value;
    }

    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    /** Appends {@code source[from, to)}. */
    public void append(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, array, length, to - from);
        length += to - from;
    }

    /**
     * Appends {@code text[from, to)} in UTF-8; a surrogate without its partner becomes U+FFFD.
     *
     * @throws IllegalArgumentException if the buffer would get longer than an array can be, which 715 million characters
     *     always fit
     */
    public void append(CharSequence text, int from, int to) {
        reserve(3L * (to - from));
        byte[] out = array;
        int at = length;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xF0 | codePoint >> 18);
                out[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
                out[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | codePoint & 0x3F);
            } else {
                char d = Character.isSurrogate(c) ? '\uFFFD' : c;
                out[at++] = (byte) (0xE0 | d >> 12);
                out[at++] = (byte) (0x80 | d >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | d & 0x3F);
            }
        }
        length = at;
    }

    /** True if the last bytes are {@code suffix}. */
    public boolean endsWith(byte[] suffix) {
        return length >= suffix.length
                && Arrays.equals(array, length - suffix.length, length, suffix, 0, suffix.length);
    }

    /** {@code [from, to)} as text. */
    public String substring(int from, int to) {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return substring(0, length);
    }

    private void reserve(long more) {
        if (more > array.length - length) {
            long needed = length + more;
            if (needed > MAX_LENGTH) {
                throw new IllegalArgumentException("A text may need " + needed + " bytes; at most " + MAX_LENGTH
                        + " are possible. Take it in shorter parts");
            }
            array = Arrays.copyOf(array, (int) Math.min(Math.max(needed, 2L * array.length), MAX_LENGTH));
        }
    }
}
