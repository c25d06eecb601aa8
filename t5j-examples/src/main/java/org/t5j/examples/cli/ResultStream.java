package org.t5j.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Where results go. Under {@code bin/t5j} it is a descriptor of its own, because native libraries print to descriptor 1
 * when they load. A write that fails throws, which a {@link java.io.PrintWriter} would keep to itself.
 */
final class ResultStream extends OutputStream {
    private static final String DESCRIPTOR = "t5j.results.descriptor";

    private final OutputStream out;

    /** Results cannot be written: the disk is full, or the reader of a pipe has gone. */
    static final class WriteException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private WriteException(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Whether the reader of the pipe has read all it wanted ({@code t5j … | head -1}). */
        boolean readerIsGone() {
            return getMessage() != null && getMessage().contains("Broken pipe");
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    ResultStream(OutputStream out) {
        this.out = out;
    }

    /** The descriptor that the system property names, else standard output. */
    static ResultStream open() {
        return new ResultStream(new FileOutputStream(InheritedDescriptor.named(DESCRIPTOR, FileDescriptor.out)));
    }

    @Override
    public void write(int b) {
        attempt(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(out::flush);
    }

    private static void attempt(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new WriteException(e);
        }
    }
}
