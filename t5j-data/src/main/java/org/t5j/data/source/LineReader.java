package org.t5j.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Finds the lines of several files, see {@link TextInput}. Lines end with LF or CR LF; a byte order mark is dropped. Holds
 * one buffer, which grows to the longest line that is allowed.
 */
final class LineReader implements AutoCloseable {
    private static final int CHUNK = 1 << 18;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LINE_FEEDS = ONES * '\n';

    private final Iterator<Path> files;
    private final int maxBytes;
    private final Row row;
    private Path file;
    private InputStream in;
    private byte[] buffer = new byte[CHUNK];
    private int next;
    private int limit;
    private long lineNumber;
    private boolean insideLine;

    LineReader(List<Path> files, int maxBytes) {
        this.files = files.iterator();
        this.maxBytes = maxBytes;
        this.row = new Row(maxBytes);
    }

    /** Goes to the next line, across files; false at the end of the last. */
    boolean advance() {
        while (!advanceInFile()) {
            if (!files.hasNext()) {
                return false;
            }
            open(files.next());
        }
        return true;
    }

    /** Goes to the next line of the current file; false at its end. */
    boolean advanceInFile() {
        try {
            if (in != null && readLine()) {
                return true;
            }
            close();
            return false;
        } catch (IOException e) {
            throw TextInput.broken(file, "after line " + lineNumber, e);
        }
    }

    private void open(Path newFile) {
        file = newFile;
        lineNumber = 0;
        next = 0;
        limit = 0;
        insideLine = false;
        try {
            in = TextInput.open(newFile);
        } catch (IOException e) {
            throw TextInput.broken(file, "at its beginning", e);
        }
    }

    private boolean readLine() throws IOException {
        while (insideLine) {
            passOverRest();
        }
        int end = lineFeed(next);
        while (end < 0 && !isTooLong()) {
            int scanned = limit - next;
            if (!fill()) {
                break;
            }
            end = lineFeed(next + scanned);
        }
        if (end < 0 && next == limit) {
            return false;
        }
        insideLine = end < 0 && isTooLong();
        lineNumber++;
        view(end < 0 ? limit : end);
        next = end < 0 ? limit : end + 1;
        return true;
    }

    /** Whether what is there of a line is too long already, even without a byte order mark and a CR. */
    private boolean isTooLong() {
        return limit - next > maxBytes + 4;
    }

    /** Lets go of more of a line that was too long. */
    private void passOverRest() throws IOException {
        next = limit;
        insideLine = fill();
        int end = lineFeed(next);
        if (end >= 0) {
            next = end + 1;
            insideLine = false;
        }
    }

    private void view(int end) {
        boolean mark = lineNumber == 1
                && end - next >= 3
                && buffer[next] == (byte) 0xEF
                && buffer[next + 1] == (byte) 0xBB
                && buffer[next + 2] == (byte) 0xBF;
        int from = mark ? next + 3 : next;
        row.view(buffer, from, end > from && buffer[end - 1] == '\r' ? end - 1 : end, file, lineNumber);
    }

    /** Reads more behind what is left; false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        limit -= next;
        next = 0;
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * limit, Math.max(limit, maxBytes) + (long) CHUNK));
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, read);
        return read > 0;
    }

    /** Index of the first line feed in {@code [from, limit)}, or -1: eight bytes at a time, the first zero of an XOR. */
    private int lineFeed(int from) {
        int at = from;
        for (; at <= limit - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONG.get(buffer, at) ^ LINE_FEEDS;
            long zeros = word - ONES & ~word & ONES << 7;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        for (; at < limit; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** The current line, without its end; valid until the reader goes on. */
    Row row() {
        return row;
    }

    @Override
    public void close() {
        if (in != null) {
            InputStream closing = in;
            in = null;
            TextInput.close(file, closing);
        }
    }
}
