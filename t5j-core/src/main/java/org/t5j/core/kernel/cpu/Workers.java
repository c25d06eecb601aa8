package org.t5j.core.kernel.cpu;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The threads of the CPU kernels, which share the pieces of a {@link Task}: the calling thread and daemon threads named
 * {@code t5j-1}, {@code t5j-2} …. A thread that finds nothing to do spins for {@value #SPIN_NANOS} ns, then sleeps. One
 * thread at a time may call; nothing is allocated by a run.
 */
final class Workers implements AutoCloseable {
    private static final long SPIN_NANOS = 50_000;

    private final Worker caller;
    private final Helper[] helpers;
    private boolean running;
    private volatile boolean closed;

    /**
     * The run's number in the upper half, the number of its pieces that nobody has taken in the lower half. Who takes a
     * piece counts down with compare-and-set after having read the run's fields below. Where that succeeds the run was
     * not over, and so the fields, which change between runs only, belong to it.
     */
    private final AtomicLong open = new AtomicLong();

    private Task task;
    private int size;
    private int grain;
    private int pieces;

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile Thread sleepingCaller;

    /**
     * Starts the threads.
     *
     * @param count number of threads, the calling one included, at least 1
     * @param lanes makes the {@link Lanes} of one thread
     */
    Workers(int count, Supplier<Lanes> lanes) {
        if (count < 1) {
            throw new IllegalArgumentException("The number of threads must be at least 1, found " + count);
        }
        caller = new Worker(0, lanes.get());
        helpers = new Helper[count - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(new Worker(i + 1, lanes.get()));
        }
        for (Helper helper : helpers) {
            helper.start();
        }
    }

    /** The tools of the calling thread, for what is too little to be shared. */
    Worker caller() {
        return caller;
    }

    /** Number of threads, the calling one included. */
    int count() {
        return helpers.length + 1;
    }

    /**
     * Runs {@code task} over {@code 0 … size-1} in pieces of {@code grain}, the last one smaller, and returns when all
     * are done. How a range is cut does not depend on the number of threads. Where a piece throws, those that have not
     * begun are left out.
     *
     * @throws RuntimeException what a piece threw, after the other pieces ended; the workers stay usable
     * @throws IllegalStateException in a piece of another run, or after {@link #close}
     */
    void run(int size, int grain, Task task) {
        if (size < 0 || grain < 1) {
            throw new IllegalArgumentException(
                    "A run needs a size of at least 0 and a grain of at least 1, found " + size + " and " + grain);
        }
        requireIdle();
        if (size == 0) {
            return;
        }
        int pieces = (size - 1) / grain + 1;
        running = true;
        try {
            if (helpers.length == 0 || pieces == 1) {
                for (int piece = 0; piece < pieces; piece++) {
                    runPiece(caller, task, size, grain, piece);
                }
            } else {
                share(task, size, grain, pieces);
            }
        } finally {
            running = false;
        }
    }

    private void requireIdle() {
        if (closed) {
            throw new IllegalStateException("These workers were closed; make new ones");
        }
        if (running) {
            throw new IllegalStateException("A piece of a run called its workers; end the run first");
        }
    }

    private static void runPiece(Worker worker, Task task, int size, int grain, int piece) {
        int from = piece * grain;
        task.run(worker, from, from + Math.min(grain, size - from));
    }

    private void share(Task task, int size, int grain, int pieces) {
        this.task = task;
        this.size = size;
        this.grain = grain;
        this.pieces = pieces;
        unfinished.set(pieces);
        open.set(((open.get() >>> 32) + 1 << 32) + pieces);
        int useful = Math.min(helpers.length, pieces - 1);
        for (int i = 0; i < useful; i++) {
            helpers[i].wake();
        }
        takePieces(caller);
        awaitFinished();
        this.task = null;
        Throwable thrown = failure.getPlain();
        if (thrown != null) {
            failure.setPlain(null);
            rethrow(thrown);
        }
    }

    /** Works until no piece is left to take; tells whether there was one. */
    private boolean takePieces(Worker worker) {
        boolean any = false;
        while (true) {
            long seen = open.get();
            int left = (int) seen;
            if (left == 0) {
                return any;
            }
            Task mine = task;
            int mySize = size;
            int myGrain = grain;
            int myPiece = pieces - left;
            if (open.compareAndSet(seen, seen - 1)) {
                any = true;
                runShared(worker, mine, mySize, myGrain, myPiece);
            }
        }
    }

    private void runShared(Worker worker, Task task, int size, int grain, int piece) {
        try {
            if (failure.get() == null) {
                runPiece(worker, task, size, grain, piece);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
        if (unfinished.decrementAndGet() == 0) {
            Thread sleeping = sleepingCaller;
            if (sleeping != null) {
                LockSupport.unpark(sleeping);
            }
        }
    }

    private void awaitFinished() {
        if (unfinished.get() == 0) {
            return;
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < SPIN_NANOS) {
            if (unfinished.get() == 0) {
                return;
            }
            Thread.onSpinWait();
        }
        sleepingCaller = Thread.currentThread();
        while (unfinished.get() != 0) {
            LockSupport.park(this);
        }
        sleepingCaller = null;
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        throw new UndeclaredThrowableException(thrown);
    }

    /**
     * Ends the threads; does nothing the second time.
     *
     * @throws IllegalStateException in a piece
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        requireIdle();
        closed = true;
        for (Helper helper : helpers) {
            helper.wake();
        }
    }

    /** A thread that takes pieces beside the caller. */
    private final class Helper extends Thread {
        private final Worker worker;
        private volatile boolean asleep;

        Helper(Worker worker) {
            super("t5j-" + worker.index());
            this.worker = worker;
            setDaemon(true);
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            long idleSince = System.nanoTime();
            while (!closed) {
                if (takePieces(worker)) {
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                    idleSince = System.nanoTime();
                }
            }
        }

        private void sleep() {
            asleep = true;
            while ((int) open.get() == 0 && !closed) {
                LockSupport.park(Workers.this);
            }
            asleep = false;
        }
    }
}
