package org.t5j.core.decode;

import java.util.List;
import org.t5j.core.T5Exception;

/** Writes the outputs of a batch of inputs. */
public final class Generator {
    private Generator() {}

    /**
     * Runs the search that {@code config} asks for: beam search if it has beams, sampling if it has {@link Sampling},
     * else greedy search. The result does not depend on the number of threads nor on what else is in the batch; that of
     * sampling depends on the place in the batch.
     *
     * @param state fresh, with {@code batch * config.rowsPerInput()} rows; the caller closes it
     * @param batch number of inputs
     * @return for every input its {@code numReturnSequences} outputs, best first
     */
    public static List<List<Generated>> generate(DecoderState state, int batch, GenerationConfig config) {
        requireFits(state, batch, config);
        return config.numBeams() > 1
                ? new BeamSearch(state, config).run()
                : stepwise(state, config).run(TokenListener.NONE);
    }

    /**
     * {@link #generate(DecoderState, int, GenerationConfig)} that tells of every token as it is chosen, on the calling
     * thread. Without beams, whose hypotheses can be given up for others until the search ends.
     *
     * @throws T5Exception where {@code config} has beams
     */
    public static List<List<Generated>> generate(
            DecoderState state, int batch, GenerationConfig config, TokenListener listener) {
        if (config.numBeams() > 1) {
            throw new T5Exception("numBeams must be 1 to tell of tokens as they are chosen, found " + config.numBeams()
                    + ": a beam search knows them only when it ends; search greedily or sample");
        }
        requireFits(state, batch, config);
        return stepwise(state, config).run(listener);
    }

    private static StepwiseSearch stepwise(DecoderState state, GenerationConfig config) {
        return config.sampling() == null ? new GreedySearch(state, config) : new SamplingSearch(state, config);
    }

    private static void requireFits(DecoderState state, int batch, GenerationConfig config) {
        if (state.rows() != batch * config.rowsPerInput()) {
            throw new T5Exception("The decoder state must have " + config.rowsPerInput() + " rows for each of " + batch
                    + " inputs, found " + state.rows() + " rows");
        }
        requireId("startTokenId", config.startTokenId(), state);
        requireId("eosTokenId", config.eosTokenId(), state);
        requireId("padTokenId", config.padTokenId(), state);
    }

    private static void requireId(String name, int id, DecoderState state) {
        if (id >= state.vocabSize()) {
            throw new T5Exception(name + " must be below the model's vocabulary size " + state.vocabSize() + ", found "
                    + id + "; take the ids from the model's configuration");
        }
    }
}
