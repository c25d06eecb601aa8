package org.t5j.core.decode;

import java.util.Arrays;

/**
 * One output.
 *
 * @param tokens the generated ids: without the start token and without padding, ending in the end-of-sequence id if
 *     {@code finished}
 * @param score log-probability divided by the length normalisation of the {@link GenerationConfig}. Beam search: Hugging
 *     Face's {@code sequences_scores}. Greedy and sampling: from the distributions after all logits processors, as {@code
 *     compute_transition_scores(normalize_logits=True)} sums them
 * @param finished whether the model ended the output; otherwise {@code maxLength} cut it
 */
public record Generated(int[] tokens, double score, boolean finished) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Generated that
                && Arrays.equals(tokens, that.tokens)
                && Double.compare(score, that.score) == 0
                && finished == that.finished;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + Double.hashCode(score);
    }

    @Override
    public String toString() {
        return Arrays.toString(tokens) + (finished ? "" : "…") + " " + score;
    }
}
