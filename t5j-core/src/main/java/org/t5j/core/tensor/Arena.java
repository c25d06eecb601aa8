package org.t5j.core.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of a step. Tensors are taken one after another from a block that grows until the largest step fits and is
 * then reused, so that a steady-state step allocates nothing: same shapes, same places, same {@link Tensor} objects.
 *
 * <p>Lifetimes nest: {@link #mark} before temporaries, {@link #release} after them; {@link #reset} starts the next step
 * and invalidates everything handed out. Contents are undefined until written. Not thread-safe.
 */
public final class Arena implements AutoCloseable {
    private static final int ALIGNMENT = 16;
    private static final long MIN_CHUNK = 1 << 20;
    /** A new piece is this part of all before it, so that little is held beyond what is used. */
    private static final int GROWTH = 4;

    private static final int MAX_CACHED = 20_000;

    private final Backend backend;
    private final List<Storage> chunks = new ArrayList<>();
    private final Map<Key, Tensor> tensors = new HashMap<>();
    private final Map<IntKey, IntTensor> ints = new HashMap<>();
    private int chunk;
    private long used;
    private long peak;
    private int intsUsed;

    /** An empty arena; {@code backend} must outlive it. */
    public Arena(Backend backend) {
        this.backend = backend;
    }

    /** A point in the arena to return to. */
    public record Mark(int chunk, long used, int intsUsed) {}

    private record IntKey(int slot, int length) {}

    private static final class Key {
        private final Storage storage;
        private final long offset;
        private final int[] shape;

        Key(Storage storage, long offset, int[] shape) {
            this.storage = storage;
            this.offset = offset;
            this.shape = shape;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && storage == key.storage
                    && offset == key.offset
                    && Arrays.equals(shape, key.shape);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(offset) * 31 + Arrays.hashCode(shape);
        }
    }

    /** A tensor with undefined contents, valid until the enclosing mark is released or the arena reset. */
    public Tensor take(int... shape) {
        long length = (Shape.length(shape) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        while (chunk < chunks.size() && used + length > chunks.get(chunk).length()) {
            chunk++;
            used = 0;
        }
        if (chunk == chunks.size()) {
            chunks.add(backend.allocate(Math.max(length, Math.max(MIN_CHUNK, capacity() / GROWTH))));
        }
        Storage storage = chunks.get(chunk);
        long offset = used;
        used += length;
        peak = Math.max(peak, taken());
        if (tensors.size() > MAX_CACHED) {
            tensors.clear();
        }
        return tensors.computeIfAbsent(
                new Key(storage, offset, shape.clone()), key -> new Tensor(storage, offset, shape));
    }

    /** {@link #take} for ints, filled with {@code values}. */
    public IntTensor takeInts(int[] values) {
        if (ints.size() > MAX_CACHED) {
            ints.clear();
        }
        return ints.computeIfAbsent(new IntKey(intsUsed++, values.length), key -> new IntTensor(key.length()))
                .set(values);
    }

    /** The present point, for {@link #release}. */
    public Mark mark() {
        return new Mark(chunk, used, intsUsed);
    }

    /** Gives back everything taken since {@code mark}. */
    public void release(Mark mark) {
        chunk = mark.chunk();
        used = mark.used();
        intsUsed = mark.intsUsed();
    }

    private long taken() {
        long before = 0;
        for (int i = 0; i < chunk; i++) {
            before += chunks.get(i).length();
        }
        return before + used;
    }

    /** Starts the next step: nothing is taken, and memory in several pieces becomes one, as large as was ever used. */
    public void reset() {
        if (chunks.size() > 1) {
            long needed = peak;
            close();
            peak = needed;
            chunks.add(backend.allocate(needed));
        }
        chunk = 0;
        used = 0;
        intsUsed = 0;
    }

    /** Floats held, used or not. */
    public long capacity() {
        return chunks.stream().mapToLong(Storage::length).sum();
    }

    /** Gives all memory back; the arena can be used again. */
    @Override
    public void close() {
        tensors.clear();
        ints.clear();
        chunks.forEach(backend::free);
        chunks.clear();
        chunk = 0;
        used = 0;
        peak = 0;
        intsUsed = 0;
    }
}
