package org.t5j.core;

import org.t5j.core.kernel.Sequences;

/**
 * A batch as sequences of different lengths, laid end to end without padding, which has no influence on the loss and would
 * cost as much as real tokens: what an encoder and a decoder compute with.
 *
 * @param inputs the inputs' sequences
 * @param inputIds {@code [inputs.rows()]}
 * @param inputMask {@code [inputs.rows()]}, 0 where a position must not be attended to
 * @param targets what the decoder reads
 */
record RaggedBatch(Sequences inputs, int[] inputIds, int[] inputMask, TargetRows targets) {

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
                    targetSegments(batch, false));
        }
        return of(
                batch,
                Segments.rows(batch.size(), batch.inputLength(), i -> batch.attentionMask()[i] != 0),
                targetSegments(batch, false));
    }

    /** With all padding, for looking at what is computed there too; not of packed rows. */
    static RaggedBatch padded(T5Batch batch) {
        return of(batch, Segments.wholeRows(batch.size(), batch.inputLength()), targetSegments(batch, true));
    }

    /** Where a batch's targets lie; whole rows where they have a mask of their own, or padding is wanted. */
    static Segments targetSegments(T5Batch batch, boolean padded) {
        if (padded || !batch.packed() && batch.decoderAttentionMask() != null) {
            return Segments.wholeRows(batch.size(), batch.targetLength());
        }
        return batch.packed()
                ? Segments.packed("targetSegments", batch.targetSegments(), batch.targetLength())
                : Segments.rows(batch.size(), batch.targetLength(), i -> batch.labels()[i] != T5Batch.NO_TARGET);
    }

    private static RaggedBatch of(T5Batch batch, Segments inputs, Segments targets) {
        return new RaggedBatch(
                inputs.sequences(),
                inputs.take(batch.inputIds()),
                inputs.take(batch.attentionMask()),
                new TargetRows(
                        targets.sequences(),
                        targets.take(batch.decoderInputIds()),
                        targets.take(batch.decoderAttentionMask()),
                        null,
                        targets.take(batch.labels())));
    }
}
