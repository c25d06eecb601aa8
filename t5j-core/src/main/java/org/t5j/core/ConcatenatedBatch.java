package org.t5j.core;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.t5j.core.kernel.Sequences;

/**
 * A batch as a decoder without an encoder reads it: inputs and targets as one sequence, the start token before it, by the
 * rule of seqio's {@code PrefixLMFeatureConverter}. Inputs {@code 9 4 6 1} and targets {@code 3 9 1} are read as {@code 0 9
 * 4 6 1 3 9} to predict {@code 9 4 6 1 3 9 1}; the first 1 + 4 positions are the prefix, the last of them, which reads the
 * end of the inputs, predicting the first target.
 *
 * <p>Inputs that are nothing but an end-of-sequence token are none: an encoder needs something to read, a decoder does not.
 * So language modelling is learnt from the text alone, and written from the start token alone.
 */
final class ConcatenatedBatch {
    private final T5Batch batch;
    private final T5Config config;
    private final boolean lossOnInputs;
    private final Segments inputs;
    private final Segments targets;
    private final Sequences sequences;
    private final int[] inputLengths;

    /** @param padded whether rows are filled up to the longest that the batch has room for */
    private ConcatenatedBatch(T5Batch batch, T5Config config, boolean lossOnInputs, boolean padded) {
        this.batch = batch;
        this.config = config;
        this.lossOnInputs = lossOnInputs;
        this.inputs = batch.packed()
                ? Segments.packed("inputSegments", batch.inputSegments(), batch.inputLength())
                : Segments.wholeRows(batch.size(), batch.inputLength());
        this.targets = RaggedBatch.targetSegments(batch, padded);
        this.inputLengths = IntStream.range(0, inputs.starts().length)
                .map(this::inputLength)
                .toArray();
        this.sequences = Sequences.of(IntStream.range(0, inputLengths.length)
                .map(b -> padded ? batch.inputLength() + batch.targetLength() : inputLengths[b] + targets.lengths()[b])
                .toArray());
    }

    /**
     * Without padding; every segment of a packed row is a sequence of its own.
     *
     * @param lossOnInputs whether the inputs are to be predicted too
     */
    static TargetRows of(T5Batch batch, T5Config config, boolean lossOnInputs) {
        return new ConcatenatedBatch(batch, config, lossOnInputs, false).rows();
    }

    /** With padding behind every sequence, all being as long as inputs and targets have room; not of packed rows. */
    static TargetRows padded(T5Batch batch, T5Config config) {
        return new ConcatenatedBatch(batch, config, false, true).rows();
    }

    /** The tokens of a sequence's inputs: up to the last that is not masked, or none. */
    private int inputLength(int sequence) {
        int start = inputs.starts()[sequence];
        int length = inputs.lengths()[sequence];
        while (length > 0 && batch.attentionMask()[start + length - 1] == 0) {
            length--;
        }
        return length == 1 && batch.inputIds()[start] == config.eosTokenId() ? 0 : length;
    }

    private TargetRows rows() {
        int[] ids = new int[sequences.rows()];
        int[] labels = new int[ids.length];
        int[] mask = new int[ids.length];
        Arrays.fill(ids, config.padTokenId());
        Arrays.fill(labels, T5Batch.NO_TARGET);
        Arrays.fill(mask, 1);
        for (int b = 0; b < inputLengths.length; b++) {
            int at = sequences.start(b);
            putInputs(b, at, ids, labels, mask);
            putTargets(b, at + inputLengths[b], ids, labels, mask);
        }
        boolean masked = Arrays.stream(mask).anyMatch(allowed -> allowed == 0);
        return new TargetRows(sequences, ids, masked ? mask : null, prefixes(), labels);
    }

    private void putInputs(int sequence, int at, int[] ids, int[] labels, int[] mask) {
        int from = inputs.starts()[sequence];
        ids[at] = config.decoderStartTokenId();
        for (int i = 0; i < inputLengths[sequence]; i++) {
            int allowed = batch.attentionMask()[from + i] == 0 ? 0 : 1;
            ids[at + i + 1] = batch.inputIds()[from + i];
            mask[at + i + 1] = allowed;
            if (lossOnInputs && allowed == 1) {
                labels[at + i] = batch.inputIds()[from + i];
            }
        }
    }

    /**
     * The first target is predicted where the last input is read: what the decoder would read there is left out, and so is
     * its mask.
     */
    private void putTargets(int sequence, int at, int[] ids, int[] labels, int[] mask) {
        int from = targets.starts()[sequence];
        for (int i = 0; i < targets.lengths()[sequence]; i++) {
            labels[at + i] = batch.labels()[from + i];
            if (i > 0) {
                ids[at + i] = batch.decoderInputIds()[from + i];
            }
            boolean own = i > 0 || inputLengths[sequence] == 0;
            if (own && batch.decoderAttentionMask() != null && batch.decoderAttentionMask()[from + i] == 0) {
                mask[at + i] = 0;
            }
        }
    }

    private int[] prefixes() {
        return config.architecture() == Architecture.DECODER_PREFIX_LM
                ? Arrays.stream(inputLengths).map(length -> length + 1).toArray()
                : null;
    }
}
