package org.t5j.tokenizer.bpe;

import java.util.Arrays;

/** Pairs of symbols waiting to be merged: the lowest rank comes first and, within a rank, the leftmost. */
final class PairHeap {

    private long[] heap = new long[256];
    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    static int rank(long pair) {
        return (int) (pair >>> 32);
    }

    static int left(long pair) {
        return (int) pair;
    }

    /** Adds the pair whose left symbol is {@code left}; both numbers are 0 or more. */
    void add(int rank, int left) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + Math.max(size >> 1, 1));
        }
        long pair = (long) rank << 32 | left;
        int at = size++;
        while (at > 0) {
            int parent = at - 1 >>> 1;
            if (heap[parent] <= pair) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = pair;
    }

    /** Takes the first pair out. */
    long poll() {
        long first = heap[0];
        long pair = heap[--size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= pair) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = pair;
        return first;
    }
}
