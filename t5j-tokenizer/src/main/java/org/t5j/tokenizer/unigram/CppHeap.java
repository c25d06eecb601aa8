package org.t5j.tokenizer.unigram;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A priority queue, greatest first, that yields equal elements in the order of {@code std::priority_queue} of libstdc++:
 * the steps of its {@code stl_heap.h}, where a removal sinks a hole to a leaf, to the right child of two equal ones, and
 * lifts the last element from there. Not for several threads at once.
 */
final class CppHeap<T> {

    private final List<T> elements = new ArrayList<>();
    private final BiPredicate<T, T> less;

    CppHeap(BiPredicate<T, T> less) {
        this.less = less;
    }

    int size() {
        return elements.size();
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    void push(T element) {
        elements.add(element);
        lift(elements.size() - 1, element);
    }

    /** Removes the greatest element. */
    T pop() {
        T greatest = elements.get(0);
        T last = elements.remove(elements.size() - 1);
        if (!elements.isEmpty()) {
            lift(sinkHole(), last);
        }
        return greatest;
    }

    /** A new heap of the {@code count} greatest elements, which are taken out of this one. */
    CppHeap<T> takeGreatest(int count) {
        CppHeap<T> greatest = new CppHeap<>(less);
        for (int i = 0; i < count; i++) {
            greatest.push(pop());
        }
        return greatest;
    }

    private void lift(int place, T element) {
        int hole = place;
        for (int parent; hole > 0; hole = parent) {
            parent = (hole - 1) / 2;
            if (!less.test(elements.get(parent), element)) {
                break;
            }
            elements.set(hole, elements.get(parent));
        }
        elements.set(hole, element);
    }

    private int sinkHole() {
        int hole = 0;
        for (int child = 2; child <= elements.size(); child = 2 * hole + 2) {
            if (child == elements.size() || less.test(elements.get(child), elements.get(child - 1))) {
                child--;
            }
            elements.set(hole, elements.get(child));
            hole = child;
        }
        return hole;
    }
}
