package org.t5j.data.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.t5j.data.DataException;

/** The bytes of a row of text, and where they stand: a line, or several joined by line feeds. Reused for row after row. */
final class Row {
    private final int maxBytes;
    private byte[] bytes = {};
    private boolean own;
    private int from;
    private int to;
    private boolean tooLong;
    private Path file;
    private long line;

    Row(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Becomes the line at {@code [newFrom, newTo)} of a buffer, without copying it. */
    void view(byte[] buffer, int newFrom, int newTo, Path newFile, long newLine) {
        bytes = buffer;
        own = false;
        from = newFrom;
        to = newTo;
        tooLong = newTo - newFrom > maxBytes;
        file = newFile;
        line = newLine;
    }

    /** Becomes a copy of another row. */
    void copy(Row other) {
        if (!own) {
            bytes = new byte[1 << 12];
            own = true;
        }
        from = 0;
        to = 0;
        tooLong = false;
        file = other.file;
        line = other.line;
        add(other);
    }

    /** Appends a line feed and another row to a copy. */
    void append(Row other) {
        if (!tooLong) {
            reserve(1);
            bytes[to++] = '\n';
            add(other);
        }
    }

    private void add(Row other) {
        tooLong = other.tooLong || to + other.length() > maxBytes;
        if (!tooLong) {
            reserve(other.length());
            System.arraycopy(other.bytes, other.from, bytes, to, other.length());
            to += other.length();
        }
    }

    private void reserve(int more) {
        if (bytes.length - to < more) {
            bytes = Arrays.copyOf(bytes, Math.max(to + more, (int) Math.min(2L * bytes.length, maxBytes + 1L)));
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    boolean tooLong() {
        return tooLong;
    }

    /** Whether it has nothing but ASCII blanks. */
    boolean isBlank() {
        for (int i = from; i < to; i++) {
            byte each = bytes[i];
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    Path file() {
        return file;
    }

    /** File and number of the first line, as errors quote it. */
    String where() {
        return file + ":" + line;
    }

    /** @throws DataException if it has more bytes than allowed */
    void checkLength() {
        DataException.check(
                !tooLong,
                "%s is longer than %d bytes. Is it text with line ends, and blank lines between documents? Split it, or "
                        + "raise maxRowBytes (--set source.maxRowBytes=N to prepare, data.maxRowBytes=N for a corpus to train on).",
                where(),
                maxBytes);
    }

    /**
     * The text.
     *
     * @throws DataException if it is too long, not UTF-8, or has NULs
     */
    String text() {
        checkLength();
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8();
        }
        if (text.indexOf('\0') >= 0) {
            throw nul();
        }
        return text;
    }

    private void checkUtf8() {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from).slice();
        CharBuffer out = CharBuffer.allocate(1 << 12);
        CoderResult result;
        var decoder = StandardCharsets.UTF_8.newDecoder();
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        if (result.isError()) {
            int bad = from + in.position();
            throw new DataException(String.format(
                    "%s is not UTF-8 (%s is byte %02X). Convert the file, for example: iconv -f LATIN1 -t UTF-8 IN > OUT.",
                    whereLine(bad), column(bad), bytes[bad]));
        }
    }

    private DataException nul() {
        int at = from;
        while (bytes[at] != 0) {
            at++;
        }
        return new DataException(String.format(
                "%s has a NUL (%s), which text has not. The file is damaged or no UTF-8 text. Write it again, or take "
                        + "them out: tr -d '\\000' < IN > OUT.",
                whereLine(at), column(at)));
    }

    private String whereLine(int at) {
        long number = line;
        for (int i = from; i < at; i++) {
            number += bytes[i] == '\n' ? 1 : 0;
        }
        return file + ":" + number;
    }

    private String column(int at) {
        int start = at;
        while (start > from && bytes[start - 1] != '\n') {
            start--;
        }
        return "column " + (at - start + 1);
    }
}
