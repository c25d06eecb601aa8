package org.t5j.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.t5j.core.T5Exception;

/**
 * Whole lines of a text, without their line feeds when they are visited. Only LF ends a line, so that there are as many
 * lines out as {@code wc -l} counts.
 *
 * @param text bytes of the lines; the last may have no line feed
 * @param firstLine number of the first line, counted from 1
 * @param source name of the text in messages
 */
record LineBlock(byte[] text, long firstLine, String source) {
    private static final int READ_BYTES = 1 << 18;
    private static final int MAX_LINE_BYTES = 1 << 30;

    /** Does something with the line {@code text[from, to)}. */
    @FunctionalInterface
    interface LineVisitor {
        void visit(byte[] text, int from, int to, long number);
    }

    void forEachLine(LineVisitor visitor) {
        long number = firstLine;
        int from = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                visitor.visit(text, from, at, number++);
                from = at + 1;
            }
        }
        if (from < text.length) {
            visitor.visit(text, from, text.length, number);
        }
    }

    /** Reads blocks from a stream: large ones from files, and from a pipe whatever is there. */
    static final class Reader {
        private final InputStream in;
        private final String source;
        private byte[] buffer = new byte[READ_BYTES];
        private int held;
        private long lines;

        Reader(InputStream in, String source) {
            this.in = in;
            this.source = source;
        }

        /** The next lines, at least one; null after the last. */
        LineBlock next() throws IOException {
            int end = 0;
            while (end == 0 || held < READ_BYTES && ready()) {
                if (held == buffer.length) {
                    grow();
                }
                int read = in.read(buffer, held, buffer.length - held);
                if (read < 0) {
                    return held == 0 ? null : take(held);
                }
                int searched = held;
                held += read;
                end = Math.max(end, afterLastLine(searched));
            }
            return take(end);
        }

        /** Whether something can be read without waiting for whoever writes it. */
        boolean ready() throws IOException {
            return in.available() > 0;
        }

        private void grow() {
            if (held >= MAX_LINE_BYTES) {
                throw new T5Exception("Line " + (lines + 1) + " of " + source + " has more than " + MAX_LINE_BYTES
                        + " bytes; break it into several");
            }
            buffer = Arrays.copyOf(buffer, 2 * held);
        }

        private int afterLastLine(int searched) {
            int end = held;
            while (end > searched && buffer[end - 1] != '\n') {
                end--;
            }
            return end > searched ? end : 0;
        }

        private LineBlock take(int end) {
            LineBlock block = new LineBlock(Arrays.copyOf(buffer, end), lines + 1, source);
            System.arraycopy(buffer, end, buffer, 0, held - end);
            held -= end;
            for (byte value : block.text) {
                lines += value == '\n' ? 1 : 0;
            }
            return block;
        }
    }
}
