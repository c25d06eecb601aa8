package org.t5j.core.decode;

/** Whose beam search: which hypotheses may end, when the search stops and what it returns. */
public enum BeamRule {
    /**
     * That of transformers 4.43: only candidates among the best {@code numBeams} may end, and what {@code maxLength} cuts is
     * returned beside what ended.
     */
    HUGGING_FACE {
        @Override
        EndedHypotheses hypotheses(GenerationConfig config) {
            return new BeamHypotheses(config);
        }
    },
    /**
     * That of T5X ({@code decoding.beam_search}): any of the {@code 2 * numBeams} candidates may end; what {@code
     * maxLength} cuts is returned only for an input where nothing ended, scored by its log-probability itself. An input
     * where fewer than {@code numReturnSequences} ended gets empty outputs of score -1e7 for the rest.
     */
    T5X {
        @Override
        EndedHypotheses hypotheses(GenerationConfig config) {
            return new T5xHypotheses(config);
        }
    };

    abstract EndedHypotheses hypotheses(GenerationConfig config);
}
