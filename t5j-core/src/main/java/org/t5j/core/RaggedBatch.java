package org.t5j.core;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.t5j.core.kernel.Sequences;

/**
 * A batch as sequences of different lengths, laid end to end without padding, which has no influence on the loss and would
 * cost as much as real tokens: what the network computes with.
 *
 * @param inputs the inputs' sequences
 * @param inputIds {@code [inputs.rows()]}
 * @param inputMask {@code [inputs.rows()]}, 0 where a position must not be attended to
 * @param targets the targets' sequences
 * @param decoderIds {@code [targets.rows()]}
 * @param decoderMask {@code [targets.rows()]} or null
 * @param labels {@code [targets.rows()]}, {@link T5Batch#NO_TARGET} where there is nothing to predict
 */
record RaggedBatch(
        Sequences inputs,
        int[] inputIds,
        int[] inputMask,
        Sequences targets,
        int[] decoderIds,
        int[] decoderMask,
        int[] labels) {

    /**
     * Without padding. Each segment of a packed row is a sequence of its own, so that nothing attends from one to
     * another, positions begin anew, and the result is that of the unpacked examples. An input that is masked throughout
     * is kept whole, since attention to nothing is attention to everything; so are targets with a mask of their own.
     */
    static RaggedBatch of(T5Batch batch) {
        if (batch.packed()) {
            return of(
                    batch,
                    Segments.packed("inputSegments", batch.inputSegments(), batch.inputLength()),
                    Segments.packed("targetSegments", batch.targetSegments(), batch.targetLength()));
        }
        return of(
                batch,
                Segments.rows(batch.size(), batch.inputLength(), i -> batch.attentionMask()[i] != 0),
                batch.decoderAttentionMask() == null
                        ? Segments.rows(batch.size(), batch.targetLength(), i -> batch.labels()[i] != T5Batch.NO_TARGET)
                        : Segments.wholeRows(batch.size(), batch.targetLength()));
    }

    /** With all padding, for looking at what is computed there too; not of packed rows. */
    static RaggedBatch padded(T5Batch batch) {
        return of(
                batch,
                Segments.wholeRows(batch.size(), batch.inputLength()),
                Segments.wholeRows(batch.size(), batch.targetLength()));
    }

    private static RaggedBatch of(T5Batch batch, Segments inputs, Segments targets) {
        return new RaggedBatch(
                inputs.sequences(),
                inputs.take(batch.inputIds()),
                inputs.take(batch.attentionMask()),
                targets.sequences(),
                targets.take(batch.decoderInputIds()),
                targets.take(batch.decoderAttentionMask()),
                targets.take(batch.labels()));
    }

    /** The positions that have a target. */
    int[] targetPositions() {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] != T5Batch.NO_TARGET)
                .toArray();
    }

    /** How many positions of each sequence have a target. */
    int[] targetCounts() {
        return IntStream.range(0, targets.count())
                .map(b -> (int) Arrays.stream(labels, targets.start(b), targets.start(b) + targets.length(b))
                        .filter(label -> label != T5Batch.NO_TARGET)
                        .count())
                .toArray();
    }
}
