package org.t5j.tokenizer;

import java.util.Arrays;

/**
 * A text cut into pieces: piece {@code i} has the id {@code id(i)} and reaches up to byte {@code end(i)}. A buffer that
 * is cleared and used again; not for several threads at once.
 */
public final class Segmentation {

    private int[] ids = new int[256];
    private int[] ends = new int[256];
    private int size;

    /** Number of pieces. */
    public int size() {
        return size;
    }

    /** The id of piece {@code index}. */
    public int id(int index) {
        return ids[index];
    }

    /** The byte at which piece {@code index} starts. */
    public int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** The byte after the last of piece {@code index}. */
    public int end(int index) {
        return ends[index];
    }

    /** Takes all pieces out. */
    public void clear() {
        size = 0;
    }

    /** Adds a piece that reaches up to byte {@code end}, exclusive. */
    public void add(int id, int end) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ids[size] = id;
        ends[size++] = end;
    }

    /** Takes the pieces of {@code other} in place of those held. */
    public void set(Segmentation other) {
        clear();
        for (int i = 0; i < other.size; i++) {
            add(other.ids[i], other.ends[i]);
        }
    }

    /** Turns the order round, for segmenters that find the last piece first. */
    public void reverse() {
        reverse(0);
    }

    /** Turns the order of the pieces from the one with index {@code from} round. */
    public void reverse(int from) {
        for (int i = from, j = size - 1; i < j; i++, j--) {
            int id = ids[i];
            ids[i] = ids[j];
            ids[j] = id;
            int end = ends[i];
            ends[i] = ends[j];
            ends[j] = end;
        }
    }
}
