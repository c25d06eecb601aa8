package org.t5j.core.decode;

/** Told of every token as it is chosen; see {@link Generator#generate(DecoderState, int, GenerationConfig, TokenListener)}. */
@FunctionalInterface
public interface TokenListener {
    /** Takes no notice. */
    TokenListener NONE = (input, sequence, id) -> {};

    /**
     * A token of an output, the end of sequence included. Those of one output come in order, those of several in turns;
     * an output is over with its end of sequence, or when the search returns.
     *
     * @param input place of the input in the batch
     * @param sequence which of the input's {@code numReturnSequences} outputs, in the order of drawing, not of score
     * @param id of the token
     */
    void token(int input, int sequence, int id);
}
