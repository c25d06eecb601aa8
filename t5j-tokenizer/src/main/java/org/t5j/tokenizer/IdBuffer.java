package org.t5j.tokenizer;

import java.util.Arrays;

/** A growing buffer of ids that is cleared and used again. Not for several threads at once. */
final class IdBuffer {

    private int[] ids = new int[256];
    private int size;

    int size() {
        return size;
    }

    /** The ids, valid up to {@link #size()}; replaced when the buffer grows. Owned by this object. */
    int[] array() {
        return ids;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }

    void clear() {
        size = 0;
    }

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
    }

    void addAll(IdBuffer other) {
        for (int i = 0; i < other.size; i++) {
            add(other.ids[i]);
        }
    }
}
