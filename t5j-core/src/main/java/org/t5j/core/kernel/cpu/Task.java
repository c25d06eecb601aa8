package org.t5j.core.kernel.cpu;

/** Work that {@link Workers} divide: a range that is cut into pieces, each of which may run on any thread. */
interface Task {

    /**
     * Does the part {@code from … to-1}. What it computes may depend on the range but not on the worker.
     *
     * @param worker the thread's own tools; never used by two threads at a time
     */
    void run(Worker worker, int from, int to);
}
