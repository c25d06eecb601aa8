package org.t5j.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.t5j.core.T5Exception;

/**
 * Turns blocks of lines into results on several threads. The results come in the order of the lines, and at once where
 * more input would have to be waited for, so that two programs can talk line by line.
 *
 * @param threads how many work; with 1 all is done by the thread that calls
 * @param work makes the result of a block; called by several threads
 */
record LinePipeline<R>(int threads, Function<LineBlock, R> work) {
    private static final int BLOCKS_PER_THREAD = 2;

    /** Takes results, called by one thread. */
    interface Results<R> {
        void accept(R result) throws IOException;

        /** No result will come for a while. */
        void flush() throws IOException;
    }

    /**
     * Reads a text to its end.
     *
     * @param source its name in messages
     */
    void run(InputStream in, String source, Results<R> results) throws IOException {
        LineBlock.Reader reader = new LineBlock.Reader(in, source);
        if (threads == 1) {
            run(reader, results, Runnable::run);
            return;
        }
        ExecutorService workers = Executors.newFixedThreadPool(threads, LinePipeline::newThread);
        try {
            run(reader, results, workers);
        } finally {
            workers.shutdownNow();
        }
    }

    private void run(LineBlock.Reader reader, Results<R> results, Executor executor) throws IOException {
        Deque<FutureTask<R>> begun = new ArrayDeque<>();
        for (LineBlock block = reader.next(); block != null; block = reader.next()) {
            LineBlock lines = block;
            FutureTask<R> task = new FutureTask<>(() -> work.apply(lines));
            begun.add(task);
            executor.execute(task);
            while (!begun.isEmpty() && (begun.size() >= BLOCKS_PER_THREAD * threads || !reader.ready())) {
                results.accept(result(begun.remove()));
            }
            if (begun.isEmpty()) {
                results.flush();
            }
        }
        while (!begun.isEmpty()) {
            results.accept(result(begun.remove()));
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "t5j-lines");
        thread.setDaemon(true);
        return thread;
    }

    private static <R> R result(FutureTask<R> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new T5Exception("Interrupted while working on lines of text", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
