package org.t5j.core;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.t5j.core.kernel.Sequences;

/**
 * What a decoder reads and what it is to predict, as sequences laid end to end without padding.
 *
 * @param sequences where each begins and how long it is
 * @param ids {@code [sequences.rows()]} that the decoder reads
 * @param mask {@code [sequences.rows()]}, 0 where a position must not be attended to; null for none
 * @param prefixes {@code [sequences.count()]}: how many of its first positions a sequence's positions all see; null where
 *     they see the past alone
 * @param labels {@code [sequences.rows()]}, {@link T5Batch#NO_TARGET} where there is nothing to predict
 */
record TargetRows(Sequences sequences, int[] ids, int[] mask, int[] prefixes, int[] labels) {

    /** The positions that have a target. */
    int[] targetPositions() {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] != T5Batch.NO_TARGET)
                .toArray();
    }

    /** The labels of {@link #targetPositions}. */
    int[] targets() {
        return Arrays.stream(labels).filter(label -> label != T5Batch.NO_TARGET).toArray();
    }

    /** How many positions of each sequence have a target. */
    int[] targetCounts() {
        return IntStream.range(0, sequences.count())
                .map(b -> (int) Arrays.stream(labels, sequences.start(b), sequences.start(b) + sequences.length(b))
                        .filter(label -> label != T5Batch.NO_TARGET)
                        .count())
                .toArray();
    }
}
