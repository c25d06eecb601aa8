package org.t5j.tokenizer.unigram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.NBestSegmenter.Scored;
import org.t5j.tokenizer.Segmentation;

/**
 * The best paths of a lattice by A* from its end, with the best score from the start as the heuristic. Follows {@code
 * Lattice::NBest} of SentencePiece to the last bit: sums are {@code float}, equal hypotheses come out as its heap yields
 * them, and an agenda of 10000 is cut down to the best 512.
 */
final class NBestSearch {

    private static final int MAX_AGENDA = 10_000;
    private static final int KEPT_AGENDA = 512;
    private static final int KEPT_PER_RESULT = 10;
    private static final int START = -1;

    private final EncodingLattice lattice;
    private final float[] best;
    private final float[] scoreUpTo;

    /**
     * A path from a position to the end of the text.
     *
     * @param node its first node, or {@link #START}
     * @param from where it starts
     * @param next the rest of the path; null at the end of the text
     * @param estimate the score of the best path that ends like this
     * @param score the sum of the scores of the nodes
     */
    private record Hypothesis(int node, int from, Hypothesis next, float estimate, float score) {}

    NBestSearch(EncodingLattice lattice) {
        this.lattice = lattice;
        best = new float[lattice.end() + 1];
        scoreUpTo = new float[lattice.nodes()];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        best[0] = 0;
        for (int node = 0; node < lattice.nodes(); node++) {
            scoreUpTo[node] = best[lattice.from(node)] + lattice.score(node);
            best[lattice.to(node)] = Math.max(best[lattice.to(node)], scoreUpTo[node]);
        }
    }

    /** Up to {@code size} paths, best first. */
    List<Scored> find(int size) {
        List<Scored> found = new ArrayList<>();
        CppHeap<Hypothesis> agenda = new CppHeap<>((a, b) -> a.estimate < b.estimate);
        int end = lattice.end();
        agenda.push(new Hypothesis(START, end, null, best[end], 0));
        while (!agenda.isEmpty() && found.size() < size) {
            Hypothesis top = agenda.pop();
            if (top.node == START && top.next != null) {
                found.add(new Scored(pathOf(top), top.estimate));
                continue;
            }
            expand(top, agenda);
            if (agenda.size() >= MAX_AGENDA) {
                agenda = agenda.takeGreatest(Math.min(KEPT_AGENDA, KEPT_PER_RESULT * size));
            }
        }
        return found;
    }

    private void expand(Hypothesis top, CppHeap<Hypothesis> agenda) {
        if (top.from == 0) {
            agenda.push(new Hypothesis(START, 0, top, top.score, top.score));
        }
        for (int i = lattice.firstEnding(top.from); i < lattice.firstEnding(top.from + 1); i++) {
            int node = lattice.ending(i);
            agenda.push(new Hypothesis(
                    node, lattice.from(node), top, scoreUpTo[node] + top.score, lattice.score(node) + top.score));
        }
    }

    private Segmentation pathOf(Hypothesis start) {
        Segmentation path = new Segmentation();
        for (Hypothesis step = start.next; step.next != null; step = step.next) {
            path.add(lattice.id(step.node), lattice.endByte(step.node));
        }
        return path;
    }
}
