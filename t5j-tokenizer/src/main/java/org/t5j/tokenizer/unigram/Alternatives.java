package org.t5j.tokenizer.unigram;

import java.util.Arrays;

/**
 * Finds the two best segmentations of a piece ({@code Lattice::NBest}): a best-first search from the end, guided by the
 * best paths from the start. Equally good ones come in the order in which the heap of the C++ standard library gives
 * them, so that pruning decides as {@code spm_train} does. For one thread at a time.
 */
final class Alternatives {

    private static final int RESULTS = 2;
    private static final int MAX_OPEN = 10_000;
    private static final int OPEN_AFTER_SHRINKING = 10 * RESULTS;
    private static final int NONE = -1;

    private final TrainingLattice lattice = new TrainingLattice();

    // By hypothesis: an edge (-1 is the start of the word), the hypothesis that it continues, its scores.
    private int[] edge = new int[256];
    private int[] rest = new int[256];
    private float[] priority = new float[256];
    private float[] scoreToEnd = new float[256];
    private int hypotheses;

    private int[] heap = new int[256];
    private int open;

    /**
     * The pieces of the second best segmentation of {@code text}: null if the best one splits it, empty if there is
     * only one.
     */
    int[] of(byte[] text, PieceTable table) {
        lattice.fill(text, table);
        lattice.findBest();
        hypotheses = 0;
        open = 0;
        push(add(lattice.endEdge(), NONE, lattice.best(lattice.endEdge()), 0));
        boolean found = false;
        while (open > 0) {
            int top = pop();
            if (edge[top] != NONE) {
                expand(top);
            } else if (found) {
                return path(top);
            } else if (path(top).length > 1) {
                return open > 0 ? null : new int[0];
            } else {
                found = true;
            }
        }
        return new int[0];
    }

    private void expand(int top) {
        int before = lattice.firstBefore(edge[top]);
        if (before == NONE) {
            push(add(NONE, top, scoreToEnd[top], scoreToEnd[top]));
        }
        for (; before != NONE; before = lattice.sibling(before)) {
            push(add(before, top, lattice.best(before) + scoreToEnd[top], lattice.score(before) + scoreToEnd[top]));
        }
        if (open >= MAX_OPEN) {
            int[] kept = new int[OPEN_AFTER_SHRINKING];
            Arrays.setAll(kept, i -> pop());
            open = 0;
            for (int hypothesis : kept) {
                push(hypothesis);
            }
        }
    }

    private int[] path(int complete) {
        int count = 0;
        for (int h = rest[complete]; rest[h] != NONE; h = rest[h]) {
            count++;
        }
        int[] pieces = new int[count];
        for (int i = 0, h = rest[complete]; i < count; h = rest[h]) {
            pieces[i++] = lattice.piece(edge[h]);
        }
        return pieces;
    }

    private int add(int newEdge, int continued, float newPriority, float newScore) {
        if (hypotheses == edge.length) {
            edge = Arrays.copyOf(edge, 2 * hypotheses);
            rest = Arrays.copyOf(rest, 2 * hypotheses);
            priority = Arrays.copyOf(priority, 2 * hypotheses);
            scoreToEnd = Arrays.copyOf(scoreToEnd, 2 * hypotheses);
        }
        edge[hypotheses] = newEdge;
        rest[hypotheses] = continued;
        priority[hypotheses] = newPriority;
        scoreToEnd[hypotheses] = newScore;
        return hypotheses++;
    }

    private void push(int hypothesis) {
        if (open == heap.length) {
            heap = Arrays.copyOf(heap, 2 * open);
        }
        rise(open++, hypothesis);
    }

    /** Takes the best: the gap it leaves sinks to the bottom, to the right where both children are equal. */
    private int pop() {
        int top = heap[0];
        int moved = heap[--open];
        int gap = 0;
        while (2 * gap + 1 < open) {
            int child = Math.min(2 * gap + 2, open - 1);
            if (child == 2 * gap + 2 && priority[heap[child]] < priority[heap[child - 1]]) {
                child--;
            }
            heap[gap] = heap[child];
            gap = child;
        }
        rise(gap, moved);
        return top;
    }

    private void rise(int from, int hypothesis) {
        int gap = from;
        while (gap > 0 && priority[heap[(gap - 1) / 2]] < priority[hypothesis]) {
            heap[gap] = heap[(gap - 1) / 2];
            gap = (gap - 1) / 2;
        }
        heap[gap] = hypothesis;
    }
}
