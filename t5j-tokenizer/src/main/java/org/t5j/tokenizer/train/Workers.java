package org.t5j.tokenizer.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.t5j.tokenizer.TokenizerException;

/** Threads that share the work of a training; they end when this is closed. */
public final class Workers implements AutoCloseable {

    private final int threads;
    private final ExecutorService pool;

    /** Starts {@code threads} threads, but no more than there are processors. */
    public Workers(int threads) {
        this.threads = Math.min(threads, Runtime.getRuntime().availableProcessors());
        pool = Executors.newFixedThreadPool(this.threads, task -> {
            Thread thread = new Thread(task, "t5j-vocabulary");
            thread.setDaemon(true);
            return thread;
        });
    }

    public int threads() {
        return threads;
    }

    public <R> Future<R> submit(Callable<R> task) {
        return pool.submit(task);
    }

    /** What {@code task} returns for every item, in their order. */
    public <T, R> List<R> map(List<T> items, Function<T, R> task) {
        List<Future<R>> futures = new ArrayList<>(items.size());
        items.forEach(item -> futures.add(submit(() -> task.apply(item))));
        return futures.stream().map(Workers::result).toList();
    }

    /** {@code items} cut into one part for each thread, none of them empty. */
    public <T> List<List<T>> parts(List<T> items) {
        List<List<T>> parts = new ArrayList<>();
        int size = Math.max(1, (items.size() + threads - 1) / threads);
        for (int from = 0; from < items.size(); from += size) {
            parts.add(items.subList(from, Math.min(items.size(), from + size)));
        }
        return parts;
    }

    /** Waits for the result of a task; what the task throws, this throws. */
    public static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TokenizerException("The training of the vocabulary was interrupted", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
