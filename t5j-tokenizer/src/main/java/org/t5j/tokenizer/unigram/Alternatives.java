package org.t5j.tokenizer.unigram;

import java.util.function.BiPredicate;
import java.util.stream.IntStream;

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

    private static final BiPredicate<Hypothesis, Hypothesis> LESS = (a, b) -> a.priority < b.priority;

    private final TrainingLattice lattice = new TrainingLattice();

    private CppHeap<Hypothesis> agenda;

    /**
     * A path from an edge to the end of the word.
     *
     * @param edge its first edge; -1 is the start of the word
     * @param rest the path after that; null at the end of the word
     * @param priority the score of the best path that ends like this
     * @param score the sum of the scores of the edges
     */
    private record Hypothesis(int edge, Hypothesis rest, float priority, float score) {}

    /**
     * The pieces of the second best segmentation of {@code text}: null if the best one splits it, empty if there is
     * only one.
     */
    int[] of(byte[] text, PieceTable table) {
        lattice.fill(text, table);
        lattice.findBest();
        agenda = new CppHeap<>(LESS);
        agenda.push(new Hypothesis(lattice.endEdge(), null, lattice.best(lattice.endEdge()), 0));
        boolean found = false;
        while (!agenda.isEmpty()) {
            Hypothesis top = agenda.pop();
            if (top.edge != NONE) {
                expand(top);
            } else if (found) {
                return path(top);
            } else if (path(top).length > 1) {
                return agenda.isEmpty() ? new int[0] : null;
            } else {
                found = true;
            }
        }
        return new int[0];
    }

    private void expand(Hypothesis top) {
        int before = lattice.firstBefore(top.edge);
        if (before == NONE) {
            agenda.push(new Hypothesis(NONE, top, top.score, top.score));
        }
        for (; before != NONE; before = lattice.sibling(before)) {
            agenda.push(
                    new Hypothesis(before, top, lattice.best(before) + top.score, lattice.score(before) + top.score));
        }
        if (agenda.size() >= MAX_OPEN) {
            agenda = agenda.takeGreatest(OPEN_AFTER_SHRINKING);
        }
    }

    private int[] path(Hypothesis complete) {
        IntStream.Builder pieces = IntStream.builder();
        for (Hypothesis step = complete.rest; step.rest != null; step = step.rest) {
            pieces.add(lattice.piece(step.edge));
        }
        return pieces.build().toArray();
    }
}
