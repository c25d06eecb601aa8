package org.t5j.core.decode;

/**
 * A decoder in the middle of writing: a number of hypotheses, each with the tokens fed so far. What a search needs of a
 * model, and all it sees of it.
 */
public interface DecoderState extends AutoCloseable {

    /** Number of hypotheses, {@code batch * beams}; those of one input stand together. */
    int rows();

    int vocabSize();

    /**
     * Appends a token to every hypothesis and computes the logits of the next one.
     *
     * @param tokens {@code [rows]}
     * @return {@code [rows * vocabSize]}, valid and free to be changed until the next call
     */
    float[] step(int[] tokens);

    /**
     * Hypothesis {@code i} becomes a continuation of hypothesis {@code parents[i]}, which belongs to the same input.
     *
     * @param parents {@code [rows]}
     */
    void reorder(int[] parents);

    /** Gives the caches back. */
    @Override
    void close();
}
