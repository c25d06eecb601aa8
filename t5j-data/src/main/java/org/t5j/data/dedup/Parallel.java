package org.t5j.data.dedup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.t5j.data.DataException;

/** Work shared out among threads; whatever fails in one is thrown to the caller. */
public final class Parallel {
    private Parallel() {}

    /** Does {@code work} for 0 … count-1, in any order. */
    public static void forEach(int count, int threads, IntConsumer work) {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            tasks.add(() -> {
                work.accept(index);
                return null;
            });
        }
        inOrder(tasks.iterator(), threads, done -> {}, Parallel::call);
    }

    /**
     * Reads items here, works on them in threads, and takes the results here in the order of the items. At most two items
     * a thread wait, so that memory is bounded.
     */
    public static <A, B> void inOrder(Iterator<A> items, int threads, Consumer<B> sink, Function<A, B> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "t5j-work");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Future<B>> waiting = new ArrayDeque<>();
            while (items.hasNext()) {
                A item = items.next();
                waiting.add(pool.submit(() -> work.apply(item)));
                if (waiting.size() >= 2 * threads + 1) {
                    sink.accept(take(waiting.remove()));
                }
            }
            while (!waiting.isEmpty()) {
                sink.accept(take(waiting.remove()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T call(Callable<T> task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DataException(e.toString(), e);
        }
    }

    private static <B> B take(Future<B> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("Interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new DataException(e.getCause().toString(), e.getCause());
        }
    }
}
