package org.t5j.core;

import java.util.List;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.Generator;
import org.t5j.core.decode.TokenListener;
import org.t5j.core.kernel.CrossEntropy;

/**
 * What scores and writes sequences of ids: one {@link T5Model}, or several together. Evaluations and generators ask for
 * no more than this. Not thread-safe.
 */
public interface SequenceModel extends AutoCloseable {

    /** The shape of the model; of several, that of the first. */
    T5Config config();

    /** The summed loss over the batch's targets, in nats, without dropout. */
    CrossEntropy.Sums evaluateLoss(T5Batch batch);

    /**
     * How likely the model finds each sequence's targets, given its inputs and without dropout: what ranks answers.
     *
     * @return {@code [sequences]} {@code log p(targets)} in nats, at most 0, summed over the targets of each; 0 for one
     *     without targets. A sequence is a row, or a segment of a packed row
     * @throws T5Exception where an id is outside the vocabulary or the batch has no target
     */
    double[] logLikelihoods(T5Batch batch);

    /**
     * Reads the inputs and gets ready to write outputs token by token.
     *
     * @param inputIds {@code [batch][length]} of any lengths
     * @param beams hypotheses per input
     * @param maxLength tokens that a hypothesis can be fed, the start token included
     * @return to be closed by the caller
     */
    DecoderState startDecoding(int[][] inputIds, int beams, int maxLength);

    /**
     * Writes outputs for inputs: greedily, with beams or by sampling, as {@code generation} says.
     *
     * @param inputIds {@code [batch][length]} of any lengths
     * @return for each input its outputs, best first
     */
    default List<List<Generated>> generate(int[][] inputIds, GenerationConfig generation) {
        try (DecoderState state = startDecoding(inputIds, generation.rowsPerInput(), generation.maxLength())) {
            return Generator.generate(state, inputIds.length, generation);
        }
    }

    /**
     * {@link #generate(int[][], GenerationConfig)} that tells of every token as it is chosen.
     *
     * @throws T5Exception where {@code generation} has beams
     */
    default List<List<Generated>> generate(int[][] inputIds, GenerationConfig generation, TokenListener listener) {
        try (DecoderState state = startDecoding(inputIds, generation.rowsPerInput(), generation.maxLength())) {
            return Generator.generate(state, inputIds.length, generation, listener);
        }
    }

    /** Gives all memory back. */
    @Override
    void close();
}
