package org.t5j.core;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.t5j.core.kernel.Sequences;

/**
 * A batch without the padding at the ends of its sequences, which has no influence on the loss and would cost as much as
 * real tokens: what the network computes with.
 *
 * @param inputs the inputs' sequences
 * @param inputIds {@code [inputs.rows()]}
 * @param inputMask {@code [inputs.rows()]}, 0 where a position must not be attended to
 * @param targets the targets' sequences
 * @param decoderIds {@code [targets.rows()]}
 * @param decoderMask {@code [targets.rows()]} or null
 * @param labels {@code [targets.rows()]}, {@link T5Batch#NO_TARGET} where there is nothing to predict
 */
record PackedBatch(
        Sequences inputs,
        int[] inputIds,
        int[] inputMask,
        Sequences targets,
        int[] decoderIds,
        int[] decoderMask,
        int[] labels) {

    /**
     * Without trailing padding. An input that is masked throughout is kept whole, since attention to nothing is attention
     * to everything; so are targets with a mask of their own.
     */
    static PackedBatch of(T5Batch batch) {
        int[] inputLengths = lengths(batch.size(), batch.inputLength(), i -> batch.attentionMask()[i] != 0);
        int[] targetLengths = batch.decoderAttentionMask() == null
                ? lengths(batch.size(), batch.targetLength(), i -> batch.labels()[i] != T5Batch.NO_TARGET)
                : full(batch.size(), batch.targetLength());
        return of(batch, inputLengths, targetLengths);
    }

    /** With all padding, for looking at what is computed there too. */
    static PackedBatch padded(T5Batch batch) {
        return of(batch, full(batch.size(), batch.inputLength()), full(batch.size(), batch.targetLength()));
    }

    private static PackedBatch of(T5Batch batch, int[] inputLengths, int[] targetLengths) {
        Sequences inputs = Sequences.of(inputLengths);
        Sequences targets = Sequences.of(targetLengths);
        return new PackedBatch(
                inputs,
                packed(inputs, batch.inputIds(), batch.inputLength()),
                packed(inputs, batch.attentionMask(), batch.inputLength()),
                targets,
                packed(targets, batch.decoderInputIds(), batch.targetLength()),
                packed(targets, batch.decoderAttentionMask(), batch.targetLength()),
                packed(targets, batch.labels(), batch.targetLength()));
    }

    /** For every sequence the length up to its last wanted position, or the whole where none is wanted. */
    private static int[] lengths(int count, int length, IntPredicate wanted) {
        return IntStream.range(0, count)
                .map(b -> IntStream.iterate(length - 1, i -> i >= 0, i -> i - 1)
                                .filter(i -> wanted.test(b * length + i))
                                .findFirst()
                                .orElse(length - 1)
                        + 1)
                .toArray();
    }

    private static int[] full(int count, int length) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        return lengths;
    }

    private static int[] packed(Sequences sequences, int[] padded, int length) {
        if (padded == null || padded.length == sequences.rows()) {
            return padded;
        }
        int[] packed = new int[sequences.rows()];
        for (int b = 0; b < sequences.count(); b++) {
            System.arraycopy(padded, b * length, packed, sequences.start(b), sequences.length(b));
        }
        return packed;
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
