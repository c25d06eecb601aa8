package org.t5j.data.task;

/**
 * How the outputs of a task are written. What is null is left to the model or to whatever evaluates; what generates
 * outputs checks the values.
 *
 * @param beams of a beam search; 1 for greedy search
 * @param beamRule whose beam search: HUGGING_FACE or T5X
 * @param lengthNormalization how the length penalty is meant: POWER or GNMT
 * @param lengthPenalty exponent of the length normalisation; the larger, the longer the outputs
 * @param earlyStopping when a beam search stops: FALSE, TRUE or NEVER
 * @param maxLength most tokens of an output, start token included: at least 2
 * @param minLength least tokens of an output, start token included
 * @param noRepeatNgramSize no sequence of so many tokens occurs twice; 0 for no limit
 * @param repetitionPenalty above 1 makes tokens that were written already less likely; 1 for none
 * @param sample whether tokens are drawn instead of the likeliest taken
 * @param temperature divides the logits before tokens are drawn
 * @param topK only so many of the likeliest tokens are drawn; 0 for all
 * @param topP only the likeliest tokens that together reach this probability are drawn; 1 for all
 * @param minP only tokens at least so many times as likely as the likeliest are drawn; 0 for all
 * @param seed of the draws
 */
public record TaskGeneration(
        Integer beams,
        String beamRule,
        String lengthNormalization,
        Double lengthPenalty,
        String earlyStopping,
        Integer maxLength,
        Integer minLength,
        Integer noRepeatNgramSize,
        Double repetitionPenalty,
        Boolean sample,
        Double temperature,
        Integer topK,
        Double topP,
        Double minP,
        Long seed) {

    /** Leaves everything open. */
    public static final TaskGeneration NONE = new TaskGeneration(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}
