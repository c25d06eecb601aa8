package org.t5j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Encodes the lines of files of any size on several threads, in order, holding a few blocks of about a megabyte.
 *
 * <p>A line ends at a line feed or at the end of the file; an empty last line is none. A carriage return is part of its
 * line, as for {@code spm_encode}. A malformed byte of UTF-8 is an unknown character. Immutable and thread-safe.
 */
public final class FileEncoder {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int BLOCKS_PER_THREAD = 2;

    private final TextEncoder encoder;
    private final int threads;
    private final int blockBytes;

    /** Takes the ids of the lines in their order, called by the thread that encodes the file. */
    @FunctionalInterface
    public interface LineSink {

        /**
         * Takes the ids of one line.
         *
         * @param ids a buffer that holds other lines too; valid only during the call
         * @param from index of the first id
         * @param to index after the last id; equal to {@code from} for a line that normalises to nothing
         * @throws IOException if the ids cannot be written; it ends the encoding
         */
        void line(int[] ids, int from, int to) throws IOException;
    }

    /**
     * @param threads number of threads that encode
     * @throws TokenizerException if {@code threads} is below 1
     */
    public FileEncoder(SentencePieceTokenizer tokenizer, int threads) {
        this(tokenizer, threads, BLOCK_BYTES);
    }

    FileEncoder(SentencePieceTokenizer tokenizer, int threads, int blockBytes) {
        if (threads < 1) {
            throw new TokenizerException("threads is " + threads + "; it is 1 or more");
        }
        this.encoder = tokenizer.encoder();
        this.threads = threads;
        this.blockBytes = blockBytes;
    }

    /** Encodes the lines of {@code file}. */
    public void encode(Path file, LineSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            encode(in, sink);
        }
    }

    /**
     * Encodes the lines that are left in {@code in}, which stays open.
     *
     * @throws IOException if reading or the sink fails
     * @throws InterruptedIOException if the thread is interrupted
     */
    public void encode(InputStream in, LineSink sink) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(threads, FileEncoder::newThread);
        try {
            Deque<Future<Lines>> blocks = new ArrayDeque<>();
            LineBlocks reader = new LineBlocks(in, blockBytes);
            for (byte[] block = reader.next(); block != null; block = reader.next()) {
                byte[] text = block;
                blocks.add(workers.submit(() -> new Lines(text, encoder)));
                if (blocks.size() >= BLOCKS_PER_THREAD * threads) {
                    finished(blocks.remove()).writeTo(sink);
                }
            }
            while (!blocks.isEmpty()) {
                finished(blocks.remove()).writeTo(sink);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "t5j-encode-file");
        thread.setDaemon(true);
        return thread;
    }

    private static Lines finished(Future<Lines> block) throws IOException {
        try {
            return block.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Encoding was interrupted").initCause(stop);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("A block of lines could not be encoded", failed.getCause());
        }
    }

    /** The ids of the lines of a block. */
    private static final class Lines {
        private final IdBuffer ids = new IdBuffer();
        private int[] ends = new int[256];
        private int count;

        Lines(byte[] text, TextEncoder encoder) {
            for (int from = 0; from < text.length; ) {
                int to = LineBlocks.lineEnd(text, from, text.length);
                encoder.encode(text, from, to, ids);
                if (count == ends.length) {
                    ends = Arrays.copyOf(ends, 2 * count);
                }
                ends[count++] = ids.size();
                from = to + 1;
            }
        }

        void writeTo(LineSink sink) throws IOException {
            for (int i = 0, from = 0; i < count; from = ends[i++]) {
                sink.line(ids.array(), from, ends[i]);
            }
        }
    }
}
