package org.t5j.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Encodes many texts on several threads, each taking a few at a time. The calling thread takes part, so that with one
 * thread none is started.
 */
final class BatchEncoder {

    private static final int TEXTS_AT_A_TIME = 64;

    private final TextEncoder encoder;
    private final String[] texts;
    private final int[][] ids;
    private final AtomicInteger nextText = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private BatchEncoder(TextEncoder encoder, List<String> texts) {
        this.encoder = encoder;
        this.texts = texts.toArray(String[]::new);
        ids = new int[this.texts.length][];
    }

    /** The ids of {@code texts}, in their order; if encoding one fails, so does this. */
    static List<int[]> encodeAll(TextEncoder encoder, List<String> texts, int threads) {
        if (threads < 1) {
            throw new TokenizerException("threads is " + threads + "; it is 1 or more");
        }
        BatchEncoder batch = new BatchEncoder(encoder, texts);
        batch.run(Math.min(threads, (batch.texts.length + TEXTS_AT_A_TIME - 1) / TEXTS_AT_A_TIME));
        return Arrays.asList(batch.ids);
    }

    private void run(int threads) {
        List<Thread> others = IntStream.range(1, threads)
                .mapToObj(i -> new Thread(this::work, "t5j-encode-" + i))
                .toList();
        for (Thread thread : others) {
            thread.setDaemon(true);
            thread.start();
        }
        work();
        others.forEach(BatchEncoder::await);
        if (failure.get() instanceof RuntimeException failed) {
            throw failed;
        }
        if (failure.get() instanceof Error failed) {
            throw failed;
        }
    }

    private void work() {
        try {
            for (int from; (from = nextText.getAndAdd(TEXTS_AT_A_TIME)) < texts.length && from >= 0; ) {
                for (int i = from; i < Math.min(from + TEXTS_AT_A_TIME, texts.length); i++) {
                    ids[i] = encoder.encode(texts[i]);
                }
            }
        } catch (RuntimeException | Error failed) {
            failure.compareAndSet(null, failed);
            nextText.set(texts.length);
        }
    }

    /** Waits to the end; an interruption is kept for the caller. */
    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
