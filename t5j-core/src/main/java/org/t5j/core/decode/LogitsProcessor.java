package org.t5j.core.decode;

import java.util.ArrayList;
import java.util.List;

/** Bends the scores of the next token of one hypothesis. Has no state: rows are processed at the same time. */
interface LogitsProcessor {

    /**
     * Changes {@code scores[offset … offset + vocabSize)}. Greedy search and sampling pass logits, beam search passes
     * log-probabilities, as Hugging Face does.
     *
     * @param tokens the hypothesis, start token first; valid up to {@code length}
     */
    void process(int[] tokens, int length, float[] scores, int offset, int vocabSize);

    /** What a configuration asks for, in Hugging Face's order. */
    static List<LogitsProcessor> of(GenerationConfig config) {
        List<LogitsProcessor> processors = new ArrayList<>();
        if (config.repetitionPenalty() != 1) {
            processors.add(new RepetitionPenalty((float) config.repetitionPenalty()));
        }
        if (config.noRepeatNgramSize() > 0) {
            processors.add(new NoRepeatNgram(config.noRepeatNgramSize()));
        }
        if (config.minLength() > 0) {
            processors.add(new MinLength(config.minLength(), config.eosTokenId()));
        }
        Sampling sampling = config.sampling();
        if (sampling != null && sampling.temperature() != 1) {
            processors.add(new Temperature((float) sampling.temperature()));
        }
        if (sampling != null && sampling.topK() > 0) {
            processors.add(new TopK(sampling.topK()));
        }
        if (sampling != null && sampling.topP() < 1) {
            processors.add(new TopP(sampling.topP()));
        }
        if (sampling != null && sampling.minP() > 0) {
            processors.add(new MinP(sampling.minP()));
        }
        return List.copyOf(processors);
    }
}
