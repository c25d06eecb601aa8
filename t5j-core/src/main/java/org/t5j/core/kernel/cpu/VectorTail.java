package org.t5j.core.kernel.cpu;

import static org.t5j.core.kernel.cpu.VectorMemory.STEP;

import org.bytedeco.javacpp.BytePointer;
import org.t5j.core.tensor.HostMemory;

/**
 * Where the end of a run is computed that does not fill a vector: it is copied here, padded, treated as a whole vector
 * and copied back.
 */
final class VectorTail {
    private final BytePointer[] vectors;
    private final HostMemory[] slots;

    /** Room for the tails of {@code count} runs, which lives as long as this object. */
    VectorTail(int count) {
        vectors = new BytePointer[count];
        slots = new HostMemory[count];
        for (int i = 0; i < count; i++) {
            vectors[i] = new BytePointer((long) STEP * Float.BYTES);
            slots[i] = new HostMemory(vectors[i].address(), STEP, vectors[i].asByteBuffer());
        }
    }

    /** One vector of memory. */
    HostMemory slot(int slot) {
        return slots[slot];
    }

    /** A slot that holds {@code count} floats of {@code x} and behind them {@code padding}. */
    HostMemory take(int slot, HostMemory x, long at, int count, float padding) {
        HostMemory target = slots[slot];
        for (int i = 0; i < count; i++) {
            VectorMemory.set(target, i, VectorMemory.get(x, at + i));
        }
        for (int i = count; i < STEP; i++) {
            VectorMemory.set(target, i, padding);
        }
        return target;
    }

    /** Copies the first {@code count} floats of a slot to {@code x}. */
    void give(int slot, HostMemory x, long at, int count) {
        for (int i = 0; i < count; i++) {
            VectorMemory.set(x, at + i, VectorMemory.get(slots[slot], i));
        }
    }
}
