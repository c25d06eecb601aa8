package org.t5j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a stream in blocks of whole lines. Not for several threads at once. */
final class LineBlocks {

    private static final byte LINE_FEED = '\n';

    private final InputStream in;
    private final int size;
    private byte[] buffer;
    private int held;

    /** @param size the bytes that a block has at most, unless one line has more */
    LineBlocks(InputStream in, int size) {
        this.in = in;
        this.size = size;
        buffer = new byte[size];
    }

    /** Where the line that starts at {@code from} ends, without its line feed. */
    static int lineEnd(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] != LINE_FEED) {
            at++;
        }
        return at;
    }

    /** The next block; it ends after a line feed or at the end of the stream. {@code null} after the last. */
    byte[] next() throws IOException {
        int searched = 0;
        while (true) {
            int read = in.readNBytes(buffer, held, buffer.length - held);
            held += read;
            boolean streamEnded = held < buffer.length;
            int end = streamEnded ? held : afterLastLine(searched);
            if (end > 0) {
                return take(end);
            }
            if (streamEnded) {
                return null;
            }
            searched = held;
            grow();
        }
    }

    /** The place after the last line feed that is held, or 0. */
    private int afterLastLine(int searched) {
        int end = held;
        while (end > searched && buffer[end - 1] != LINE_FEED) {
            end--;
        }
        return end > searched ? end : 0;
    }

    private byte[] take(int end) {
        byte[] block = Arrays.copyOf(buffer, end);
        byte[] rest = new byte[Math.max(size, held - end + 1)];
        System.arraycopy(buffer, end, rest, 0, held - end);
        held -= end;
        buffer = rest;
        return block;
    }

    private void grow() {
        if (buffer.length >= Integer.MAX_VALUE - 8) {
            throw new TokenizerException("A line has more than " + buffer.length + " bytes; split it");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8));
    }
}
