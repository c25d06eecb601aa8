package org.t5j.core.decode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Beam search, by default the algorithm of {@code _beam_search} and {@code BeamSearchScorer} of Hugging Face transformers
 * 4.43, or that of T5X, as the {@link BeamRule} says: at every step the best {@code 2 * numBeams} continuations of all hypotheses of an input are looked at, so that {@code
 * numBeams} stay open even if as many end.
 */
final class BeamSearch {
    private final DecoderState state;
    private final GenerationConfig config;
    private final List<InputBeams> inputs;

    BeamSearch(DecoderState state, GenerationConfig config) {
        this.state = state;
        this.config = config;
        List<LogitsProcessor> processors = LogitsProcessor.of(config);
        int beams = config.numBeams();
        this.inputs = IntStream.range(0, state.rows() / beams)
                .mapToObj(input -> new InputBeams(config, processors, input * beams, state.vocabSize()))
                .toList();
    }

    /** For every input its {@code numReturnSequences} outputs, best first. */
    List<List<Generated>> run() {
        int[] next = new int[state.rows()];
        int[] parents = new int[state.rows()];
        Arrays.fill(next, config.startTokenId());
        int length = 1;
        while (true) {
            float[] logits = state.step(next);
            int before = length++;
            inputs.parallelStream().forEach(input -> input.extend(logits, before, next, parents));
            if (length == config.maxLength() || inputs.stream().allMatch(InputBeams::done)) {
                break;
            }
            if (!isIdentity(parents)) {
                state.reorder(parents);
            }
        }
        int reached = length;
        return inputs.stream().map(input -> input.finish(reached)).toList();
    }

    private static boolean isIdentity(int[] parents) {
        for (int row = 0; row < parents.length; row++) {
            if (parents[row] != row) {
                return false;
            }
        }
        return true;
    }
}
