package org.t5j.tokenizer.bpe;

import java.util.List;

/**
 * The most frequent pairs of a list, by libstdc++'s {@code std::partial_sort}: among equally frequent ones it takes
 * those that its heap happens to keep.
 */
final class PartialSort {

    private final Bigram[] heap;

    private PartialSort(Bigram[] heap) {
        this.heap = heap;
    }

    /** The {@code size} most frequent of {@code pairs}, in no order. */
    static Bigram[] mostFrequent(List<Bigram> pairs, int size) {
        PartialSort sort = new PartialSort(pairs.subList(0, size).toArray(Bigram[]::new));
        for (int parent = size / 2 - 1; parent >= 0; parent--) {
            sort.sink(sort.heap[parent], parent);
        }
        for (Bigram pair : pairs.subList(size, pairs.size())) {
            if (pair.frequency > sort.heap[0].frequency) {
                sort.sink(pair, 0);
            }
        }
        return sort.heap;
    }

    /** Moves a hole from {@code top} down to a leaf, always to the rarer child, then {@code pair} up from there. */
    private void sink(Bigram pair, int top) {
        int hole = top;
        int child = 2 * hole + 2;
        while (child <= heap.length) {
            if (child == heap.length || heap[child].frequency > heap[child - 1].frequency) {
                child--;
            }
            heap[hole] = heap[child];
            hole = child;
            child = 2 * hole + 2;
        }
        int parent = (hole - 1) / 2;
        while (hole > top && heap[parent].frequency > pair.frequency) {
            heap[hole] = heap[parent];
            hole = parent;
            parent = (hole - 1) / 2;
        }
        heap[hole] = pair;
    }
}
