package org.t5j.core;

import java.util.Arrays;

/**
 * Sequences for a model, as plain ints in row-major order, checked against the vocabulary before they reach a kernel: one
 * in a row, or several one after the other ("packed"), which are then told apart by segment ids as in seqio. A packed
 * row's sequences are computed as if each had a row of its own: encoder, decoder and cross-attention stay within a
 * segment, positions begin anew in each, and the decoder starts each from the start token. Dropout masks are numbered by
 * sequence and token, wherever these lie, so that packed rows get the very masks of the same sequences in the same order
 * without packing; where a mask is shared over the length, it is shared within a segment (T5X shares it over the row).
 *
 * @param size number of rows
 * @param inputLength tokens of each row of inputs, padded
 * @param targetLength tokens of each row of targets, padded
 * @param inputIds {@code [size * inputLength]}
 * @param attentionMask {@code [size * inputLength]}, 0 where the encoder's position must not be attended to
 * @param decoderInputIds {@code [size * targetLength]}, the targets shifted right behind the start token
 * @param decoderAttentionMask {@code [size * targetLength]} or null: causality hides padding at the end already
 * @param labels {@code [size * targetLength]}, {@link #NO_TARGET} where there is nothing to predict
 * @param inputSegments {@code [size * inputLength]}: in every row 1 for the inputs of its first sequence, 2 for those of
 *     its second and so on, 0 for the padding at its end; null where rows are not packed
 * @param targetSegments {@code [size * targetLength]}, likewise: a row has the same segments in inputs and targets; null
 *     where rows are not packed
 */
public record T5Batch(
        int size,
        int inputLength,
        int targetLength,
        int[] inputIds,
        int[] attentionMask,
        int[] decoderInputIds,
        int[] decoderAttentionMask,
        int[] labels,
        int[] inputSegments,
        int[] targetSegments) {

    /** The label of positions that have no target, as in PyTorch. */
    public static final int NO_TARGET = -100;

    public T5Batch {
        if (size < 1 || inputLength < 1 || targetLength < 1) {
            throw new T5Exception("A batch needs at least one sequence, one input token and one target token, found "
                    + size + " x " + inputLength + " inputs and " + targetLength + " targets");
        }
        requireLength("inputIds", inputIds, size * inputLength);
        requireLength("attentionMask", attentionMask, size * inputLength);
        requireLength("decoderInputIds", decoderInputIds, size * targetLength);
        requireLength("labels", labels, size * targetLength);
        if (decoderAttentionMask != null) {
            requireLength("decoderAttentionMask", decoderAttentionMask, size * targetLength);
        }
        if ((inputSegments == null) != (targetSegments == null)) {
            throw new T5Exception("A packed batch needs inputSegments and targetSegments, found only "
                    + (inputSegments == null ? "targetSegments" : "inputSegments"));
        }
        if (inputSegments != null) {
            requireLength("inputSegments", inputSegments, size * inputLength);
            requireLength("targetSegments", targetSegments, size * targetLength);
            Segments.requireSame(
                    Segments.packed("inputSegments", inputSegments, inputLength),
                    Segments.packed("targetSegments", targetSegments, targetLength));
            requirePadding("attentionMask", attentionMask, 0, inputSegments, inputLength);
            requirePadding("labels", labels, NO_TARGET, targetSegments, targetLength);
        }
    }

    /** A batch whose rows are not packed. */
    public T5Batch(
            int size,
            int inputLength,
            int targetLength,
            int[] inputIds,
            int[] attentionMask,
            int[] decoderInputIds,
            int[] decoderAttentionMask,
            int[] labels) {
        this(
                size,
                inputLength,
                targetLength,
                inputIds,
                attentionMask,
                decoderInputIds,
                decoderAttentionMask,
                labels,
                null,
                null);
    }

    /**
     * A batch for training: padding is masked in the encoder, and the decoder reads the labels shifted right.
     *
     * @param inputIds {@code [size * inputLength]}, filled up with the padding id
     * @param labels {@code [size * targetLength]}, filled up with {@link #NO_TARGET}
     */
    public static T5Batch of(
            T5Config config, int size, int inputLength, int targetLength, int[] inputIds, int[] labels) {
        return of(config, size, inputLength, targetLength, inputIds, labels, null, null);
    }

    /**
     * {@link #of(T5Config, int, int, int, int[], int[])} with packed rows, or without where the segments are null. Padding
     * ids within a segment are masked as they would be without packing.
     */
    public static T5Batch of(
            T5Config config,
            int size,
            int inputLength,
            int targetLength,
            int[] inputIds,
            int[] labels,
            int[] inputSegments,
            int[] targetSegments) {
        int[] mask = new int[inputIds.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = inputIds[i] == config.padTokenId() ? 0 : 1;
        }
        if (targetSegments != null) {
            requireLength("targetSegments", targetSegments, labels.length);
        }
        return new T5Batch(
                size,
                inputLength,
                targetLength,
                inputIds,
                mask,
                shiftRight(labels, targetLength, targetSegments, config),
                null,
                labels,
                inputSegments,
                targetSegments);
    }

    /** The decoder's inputs for {@code labels}: the start token, then the labels but the last, padding for no target. */
    public static int[] shiftRight(int[] labels, int targetLength, T5Config config) {
        return shiftRight(labels, targetLength, null, config);
    }

    private static int[] shiftRight(int[] labels, int targetLength, int[] segments, T5Config config) {
        int[] shifted = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (i % targetLength == 0 || segments != null && segments[i] > segments[i - 1]) {
                shifted[i] = config.decoderStartTokenId();
            } else {
                shifted[i] = labels[i - 1] == NO_TARGET ? config.padTokenId() : labels[i - 1];
            }
        }
        return shifted;
    }

    /** Whether rows hold several sequences, told apart by segments. */
    public boolean packed() {
        return inputSegments != null;
    }

    /** Number of positions with a target. */
    public int targets() {
        return (int) Arrays.stream(labels).filter(label -> label != NO_TARGET).count();
    }

    /**
     * Checks every id against the vocabulary.
     *
     * @throws T5Exception naming the first id that is outside
     */
    void requireIdsBelow(int vocabSize) {
        requireIds("Input", inputIds, inputLength, vocabSize, 0);
        requireIds("Decoder input", decoderInputIds, targetLength, vocabSize, 0);
        requireIds("Label", labels, targetLength, vocabSize, NO_TARGET);
    }

    private static void requireIds(String what, int[] ids, int length, int vocabSize, int alsoAllowed) {
        for (int i = 0; i < ids.length; i++) {
            if ((ids[i] < 0 || ids[i] >= vocabSize) && ids[i] != alsoAllowed) {
                throw new T5Exception(what + " id " + ids[i] + " of sequence " + i / length + ", position " + i % length
                        + ", is not an id of the model's vocabulary (0 to " + (vocabSize - 1)
                        + "). Does the tokenizer belong to this model?");
            }
        }
    }

    private static void requireLength(String name, int[] values, int expected) {
        if (values.length != expected) {
            throw new T5Exception("A batch needs " + expected + " values in " + name + ", found " + values.length);
        }
    }

    private static void requirePadding(String name, int[] values, int padding, int[] segments, int length) {
        for (int i = 0; i < values.length; i++) {
            if (segments[i] == 0 && values[i] != padding) {
                throw new T5Exception("Position " + i % length + " of row " + i / length
                        + " belongs to no segment and needs " + padding + " in " + name + ", found " + values[i]);
            }
        }
    }
}
