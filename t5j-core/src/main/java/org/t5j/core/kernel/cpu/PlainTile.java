package org.t5j.core.kernel.cpu;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.t5j.core.tensor.HostMemory;

/**
 * A piece of a run, copied to an array: loops over arrays are what the JIT compiler turns into vector instructions,
 * loops over memory outside the heap it does not.
 */
final class PlainTile {
    /** Floats in a tile. */
    static final int SIZE = 2048;

    /** The floats. */
    final float[] values = new float[SIZE];

    private final Window window = new Window();

    /** Copies {@code n} floats in; returns the array. */
    float[] read(HostMemory memory, long at, int n) {
        window.at(memory.address() + at * Float.BYTES).get(values, 0, n);
        return values;
    }

    /** Copies the first {@code n} floats out. */
    void write(HostMemory memory, long at, int n) {
        window.at(memory.address() + at * Float.BYTES).put(values, 0, n);
    }

    /** Copies {@code n} floats into any array. */
    void readInto(float[] target, int offset, HostMemory memory, long at, int n) {
        window.at(memory.address() + at * Float.BYTES).get(target, offset, n);
    }

    /** A pointer that can be moved to any address. */
    private static final class Window extends FloatPointer {
        Window() {
            super((Pointer) null);
        }

        Window at(long newAddress) {
            address = newAddress;
            return this;
        }
    }
}
