package org.t5j.core.kernel.cpu;

import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Storage;
import org.t5j.core.tensor.Tensor;

/** Memory for intermediate results, one part for each worker or piece of work; grows to the largest use and stays. */
final class Scratch implements AutoCloseable {
    private static final int ALIGNMENT = 16;

    private final Backend backend;
    private Storage storage;
    private HostMemory memory;
    private long partLength;

    Scratch(Backend backend) {
        this.backend = backend;
    }

    /** All parts, after making sure of {@code parts} of {@code floats} each; contents are undefined. */
    HostMemory reserve(int parts, long floats) {
        partLength = (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        long needed = parts * partLength;
        if (storage == null || storage.length() < needed) {
            close();
            storage = backend.allocate(needed);
            memory = Nd4jBackend.hostMemory(new Tensor(storage, 0, Math.toIntExact(needed)));
        }
        return memory;
    }

    /** Where part {@code index} begins in what {@link #reserve} last returned. */
    long part(int index) {
        return index * partLength;
    }

    @Override
    public void close() {
        if (storage != null) {
            backend.free(storage);
            storage = null;
        }
    }
}
