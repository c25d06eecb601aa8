package org.t5j.core.kernel.cpu;

/** What one thread computes with. */
final class Worker {
    private final int index;
    private final Lanes lanes;

    Worker(int index, Lanes lanes) {
        this.index = index;
        this.lanes = lanes;
    }

    /** 0 for the calling thread, 1, 2 … for the others. */
    int index() {
        return index;
    }

    /** The innermost loops. */
    Lanes lanes() {
        return lanes;
    }
}
