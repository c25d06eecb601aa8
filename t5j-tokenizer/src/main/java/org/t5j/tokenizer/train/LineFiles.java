package org.t5j.tokenizer.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.TokenizerException;

/** Reads files line by line as {@code std::getline} does: a line ends at a line feed or at the end of its file. */
final class LineFiles {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAX_LINE_BYTES = 1 << 30;

    private final InputStream in;
    private final TrainingInput.LineSink sink;
    private byte[] buffer = new byte[BUFFER_BYTES];

    private LineFiles(InputStream in, TrainingInput.LineSink sink) {
        this.in = in;
        this.sink = sink;
    }

    static void read(List<Path> files, TrainingInput.LineSink sink) {
        for (Path file : files) {
            try (InputStream raw = Files.newInputStream(file);
                    InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
                if (!new LineFiles(in, sink).readAll()) {
                    return;
                }
            } catch (IOException failed) {
                throw new TokenizerException(
                        "The text file " + file + " cannot be read: " + FileReason.of(failed), failed);
            }
        }
    }

    /** Returns whether the sink wants more. */
    private boolean readAll() throws IOException {
        int start = 0;
        int end = 0;
        while (true) {
            if (end == buffer.length) {
                makeRoom(start, end);
                end -= start;
                start = 0;
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return start == end || sink.accept(buffer, start, end, 1);
            }
            int searched = end;
            end += read;
            for (int at = searched; at < end; at++) {
                if (buffer[at] == '\n') {
                    if (!sink.accept(buffer, start, at, 1)) {
                        return false;
                    }
                    start = at + 1;
                }
            }
        }
    }

    /** Moves the unfinished line {@code [start, end)} to the front, of a larger buffer if it fills this one. */
    private void makeRoom(int start, int end) throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
        } else if (buffer.length >= MAX_LINE_BYTES) {
            throw new IOException("it has a line of more than " + MAX_LINE_BYTES + " bytes; is it text?");
        } else {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }
}
