package org.t5j.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Lines of a stream in UTF-8 whatever the locale. Only LF ends a line, so that there are as many lines out as {@code wc -l}
 * counts; malformed bytes become U+FFFD.
 */
final class LineInput {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    LineInput(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null after the last. */
    String next() {
        ByteArrayOutputStream line = null;
        while (fill()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            boolean whole = at < end;
            if (whole && line == null) {
                return new String(buffer, from, at++ - from, StandardCharsets.UTF_8);
            }
            line = line == null ? new ByteArrayOutputStream() : line;
            line.write(buffer, from, at - from);
            if (whole) {
                at++;
                break;
            }
        }
        return line == null ? null : line.toString(StandardCharsets.UTF_8);
    }

    /** Whether something can be read without waiting for whoever writes it. */
    boolean ready() {
        try {
            return at < end || in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean fill() {
        if (at == end) {
            try {
                at = 0;
                end = Math.max(0, in.read(buffer));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return at < end;
    }
}
