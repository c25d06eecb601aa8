package org.t5j.core;

import java.util.ArrayDeque;
import java.util.Deque;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;

/**
 * The memory of searches: what one gives back the next one takes, so that writing batch after batch allocates nothing.
 * Searches may overlap; each has arenas of its own.
 */
final class DecodingMemory implements AutoCloseable {
    private final Backend backend;
    private final Deque<Arena> free = new ArrayDeque<>();
    private boolean closed;

    DecodingMemory(Backend backend) {
        this.backend = backend;
    }

    /** An arena to be reset before it is used and to be given back: the one that was given back last. */
    Arena take() {
        return free.isEmpty() ? new Arena(backend) : free.pop();
    }

    /** Takes an arena back; frees it where the model is closed. */
    void giveBack(Arena arena) {
        if (closed) {
            arena.close();
        } else {
            free.push(arena);
        }
    }

    @Override
    public void close() {
        closed = true;
        free.forEach(Arena::close);
        free.clear();
    }
}
