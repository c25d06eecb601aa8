package org.t5j.core;

import java.util.Arrays;

/**
 * Sequences for a model, as plain ints in row-major order, checked against the vocabulary before they reach a kernel.
 *
 * @param size number of sequences
 * @param inputLength tokens of each input, padded
 * @param targetLength tokens of each target, padded
 * @param inputIds {@code [size * inputLength]}
 * @param attentionMask {@code [size * inputLength]}, 0 where the encoder's position must not be attended to
 * @param decoderInputIds {@code [size * targetLength]}, the targets shifted right behind the start token
 * @param decoderAttentionMask {@code [size * targetLength]} or null: causality hides padding at the end already
 * @param labels {@code [size * targetLength]}, {@link #NO_TARGET} where there is nothing to predict
 */
public record T5Batch(
        int size,
        int inputLength,
        int targetLength,
        int[] inputIds,
        int[] attentionMask,
        int[] decoderInputIds,
        int[] decoderAttentionMask,
        int[] labels) {

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
    }

    /**
     * A batch for training: padding is masked in the encoder, and the decoder reads the labels shifted right.
     *
     * @param inputIds {@code [size * inputLength]}, filled up with the padding id
     * @param labels {@code [size * targetLength]}, filled up with {@link #NO_TARGET}
     */
    public static T5Batch of(
            T5Config config, int size, int inputLength, int targetLength, int[] inputIds, int[] labels) {
        int[] mask = new int[inputIds.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = inputIds[i] == config.padTokenId() ? 0 : 1;
        }
        return new T5Batch(
                size,
                inputLength,
                targetLength,
                inputIds,
                mask,
                shiftRight(labels, targetLength, config),
                null,
                labels);
    }

    /** The decoder's inputs for {@code labels}: the start token, then the labels but the last, padding for no target. */
    public static int[] shiftRight(int[] labels, int targetLength, T5Config config) {
        int[] shifted = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (i % targetLength == 0) {
                shifted[i] = config.decoderStartTokenId();
            } else {
                shifted[i] = labels[i - 1] == NO_TARGET ? config.padTokenId() : labels[i - 1];
            }
        }
        return shifted;
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
}
