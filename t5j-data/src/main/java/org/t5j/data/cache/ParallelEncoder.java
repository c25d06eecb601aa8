package org.t5j.data.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.source.BadRows;
import org.t5j.data.source.ExampleReader;
import org.t5j.tokenizer.Tokenizer;

/**
 * Tokenizes {@link Texts} by several threads, one block of examples each at a time. The calling thread reads and takes the
 * documents in the order of the examples, whatever the number of threads; blocks that wait are limited, so memory is too.
 * One thread is the calling one itself.
 */
final class ParallelEncoder {
    private static final int BLOCK_EXAMPLES = 256;
    private static final int BLOCK_CHARACTERS = 1 << 18;
    private static final int BLOCKS_PER_THREAD = 4;

    /** Takes documents in order. */
    interface Sink {
        /** @param position of the document among all that the texts may become: documents per example × example + rank */
        void accept(long position, int[] ids);
    }

    private record Block(long first, List<Example> examples) {}

    private record Encoded(long first, List<List<int[]>> documents) {}

    private final Texts texts;
    private final Tokenizer tokenizer;
    private final int threads;

    ParallelEncoder(Texts texts, Tokenizer tokenizer, int threads) {
        this.texts = texts;
        this.tokenizer = tokenizer;
        this.threads = threads;
    }

    /**
     * Encodes all texts.
     *
     * @param first number of examples to pass over
     * @return the bad rows that were skipped, from the first example on
     */
    BadRows encode(long first, Sink sink) {
        try (ExampleReader reader = texts.open()) {
            passOver(reader, first);
            if (threads == 1) {
                encodeHere(reader, first, sink);
            } else {
                encodeInPool(reader, first, sink);
            }
            return reader.badRows();
        }
    }

    private void encodeHere(ExampleReader reader, long first, Sink sink) {
        long rank = first;
        for (Example example = reader.next(); example != null; example = reader.next()) {
            deliver(rank++, texts.encode(example, tokenizer), sink);
        }
    }

    private void encodeInPool(ExampleReader reader, long first, Sink sink) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, ParallelEncoder::daemon);
        Deque<Future<Encoded>> pending = new ArrayDeque<>();
        try {
            for (Block block = read(reader, first); !block.examples().isEmpty(); ) {
                Block ready = block;
                pending.add(pool.submit(() -> encode(ready)));
                if (pending.size() > threads * BLOCKS_PER_THREAD) {
                    deliver(pending.remove(), sink);
                }
                block = read(reader, block.first() + block.examples().size());
            }
            while (!pending.isEmpty()) {
                deliver(pending.remove(), sink);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void passOver(ExampleReader reader, long examples) {
        for (long passed = 0; passed < examples && reader.next() != null; ) {
            passed++;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "t5j-tokenizing");
        thread.setDaemon(true);
        return thread;
    }

    private static Block read(ExampleReader reader, long first) {
        List<Example> examples = new ArrayList<>();
        long characters = 0;
        while (examples.size() < BLOCK_EXAMPLES && characters < BLOCK_CHARACTERS) {
            Example example = reader.next();
            if (example == null) {
                break;
            }
            examples.add(example);
            characters +=
                    example.fields().values().stream().mapToInt(String::length).sum();
        }
        return new Block(first, examples);
    }

    private Encoded encode(Block block) {
        List<List<int[]>> documents = new ArrayList<>();
        for (Example example : block.examples()) {
            documents.add(texts.encode(example, tokenizer));
        }
        return new Encoded(block.first(), documents);
    }

    private void deliver(Future<Encoded> future, Sink sink) {
        Encoded encoded = result(future);
        for (int i = 0; i < encoded.documents().size(); i++) {
            deliver(encoded.first() + i, encoded.documents().get(i), sink);
        }
    }

    private void deliver(long example, List<int[]> documents, Sink sink) {
        long position = example * texts.documentsPerExample();
        for (int[] ids : documents) {
            sink.accept(position++, ids);
        }
    }

    private static Encoded result(Future<Encoded> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("Interrupted while tokenizing.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new DataException("Tokenizing failed: " + e.getCause(), e.getCause());
        }
    }
}
