package org.t5j.core.kernel.cpu;

/** The threads of the CPU kernels, which share the pieces of a {@link Task}. */
interface Workers extends AutoCloseable {

    /** Number of threads, the calling one included. */
    int count();

    /**
     * Runs {@code task} over {@code 0 … size-1} in pieces of {@code grain}, the last one smaller, and returns when all
     * are done. How a range is cut does not depend on the number of threads.
     *
     * @throws RuntimeException what a piece threw
     */
    void run(int size, int grain, Task task);

    @Override
    void close();
}
