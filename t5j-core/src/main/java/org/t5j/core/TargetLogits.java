package org.t5j.core;

import org.t5j.core.layer.LanguageModelHead;
import org.t5j.core.layer.Step;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Tensor;

/** The logits of a batch's targets, computed a few rows at a time; valid until the model's next pass. */
final class TargetLogits {
    private final Step step;
    private final LanguageModelHead head;
    private final Tensor decoded;
    private final int[] labels;
    private final int[] counts;

    /**
     * @param decoded {@code [targets, dModel]}, sequence by sequence
     * @param labels {@code [targets]}
     * @param counts how many targets each sequence has
     */
    TargetLogits(Step step, LanguageModelHead head, Tensor decoded, int[] labels, int[] counts) {
        this.step = step;
        this.head = head;
        this.decoded = decoded;
        this.labels = labels;
        this.counts = counts;
    }

    int[] labels() {
        return labels;
    }

    int[] counts() {
        return counts;
    }

    /** Fills {@code logits} {@code [count * vocabSize]} with those of the targets {@code from … from + count}. */
    void read(int from, int count, float[] logits) {
        Arena.Mark mark = step.arena().mark();
        Tensor part = head.logits(step, decoded.rowsView(from, count));
        step.kernels().backend().read(part, logits, 0);
        step.arena().release(mark);
    }
}
