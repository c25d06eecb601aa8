package org.t5j.core.tensor;

/**
 * Memory that is counted and does not exist: layers and optimizers run on it, with {@code RehearsalKernels}, to learn how
 * much they need. What is read from it is left as it was.
 */
public final class RehearsalBackend implements Backend {
    private long allocated;
    private long peak;

    private record Counted(long length) implements Storage {}

    @Override
    public String describe() {
        return "rehearsal";
    }

    @Override
    public Storage allocate(long floats) {
        long length = Math.max(1, floats);
        allocated = Math.addExact(allocated, Math.multiplyExact(Float.BYTES, length));
        peak = Math.max(peak, allocated);
        return new Counted(length);
    }

    @Override
    public void free(Storage storage) {
        allocated -= Float.BYTES * storage.length();
    }

    @Override
    public void write(Tensor tensor, float[] source, int sourceOffset) {}

    @Override
    public void read(Tensor tensor, float[] target, int targetOffset) {}

    @Override
    public long allocatedBytes() {
        return allocated;
    }

    @Override
    public long peakBytes() {
        return peak;
    }
}
