package org.t5j.data.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.t5j.data.DataException;

/**
 * Reads the lines of several files, plain or gzip (by the ending {@code .gz}), in strict UTF-8. Lines end with LF or CR LF;
 * a byte order mark is dropped. Knows file and line for errors.
 */
final class LineReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Iterator<Path> files;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Path file;
    private InputStream in;
    private long lineNumber;
    private boolean blank;

    LineReader(List<Path> files) {
        files.forEach(FilePatterns::checkReadable);
        this.files = files.iterator();
    }

    /** Goes to the next line, across files; false at the end of the last. */
    boolean advance() {
        try {
            while (in == null || !readLine()) {
                close();
                if (!files.hasNext()) {
                    return false;
                }
                open(files.next());
            }
            return true;
        } catch (IOException e) {
            throw new DataException(
                    String.format(
                            "Cannot read %s after line %d: %s. The file may be damaged.", file, lineNumber, reason(e)),
                    e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void open(Path next) throws IOException {
        file = next;
        lineNumber = 0;
        InputStream raw = Files.newInputStream(next);
        boolean gzip = next.getFileName().toString().endsWith(".gz");
        try {
            in = new BufferedInputStream(gzip ? new GZIPInputStream(raw, BUFFER) : raw, BUFFER);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private boolean readLine() throws IOException {
        line.reset();
        blank = true;
        int next = in.read();
        if (next < 0) {
            return false;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            blank &= next == ' ' || next == '\t' || next == '\r';
        }
        lineNumber++;
        return true;
    }

    /** Whether the current line has nothing but ASCII blanks. */
    boolean isBlank() {
        return blank;
    }

    /** Whether the current line is the first of its file. */
    boolean startsFile() {
        return lineNumber == 1;
    }

    /** The current line, without its end. */
    String text() {
        byte[] bytes = line.toByteArray();
        int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            String text = decoder.decode(ByteBuffer.wrap(bytes, 0, end)).toString();
            return lineNumber == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(
                    where() + " is not UTF-8. Convert the file, for example: iconv -f LATIN1 -t UTF-8 IN > OUT.", e);
        }
    }

    /** File and number of the current line, as errors quote it. */
    String where() {
        return file + ":" + lineNumber;
    }

    @Override
    public void close() {
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                throw new DataException("Cannot close " + file + ": " + reason(e), e);
            } finally {
                in = null;
            }
        }
    }
}
