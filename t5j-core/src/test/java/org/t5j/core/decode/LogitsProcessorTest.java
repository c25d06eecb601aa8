package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Logits processors against examples worked by hand; rows stand at an offset so that neighbours must stay. */
class LogitsProcessorTest {
    private static final float NONE = Float.NEGATIVE_INFINITY;
    private static final float NEIGHBOUR = 77;

    /** The row after processing; {@code tokens} is the hypothesis with a stale token behind it. */
    private static float[] process(LogitsProcessor processor, int[] tokens, float... scores) {
        int[] withStale = Arrays.copyOf(tokens, tokens.length + 1);
        withStale[tokens.length] = scores.length - 1;
        float[] rows = new float[scores.length + 2];
        Arrays.fill(rows, NEIGHBOUR);
        System.arraycopy(scores, 0, rows, 1, scores.length);
        processor.process(withStale, tokens.length, rows, 1, scores.length);
        assertThat(rows[0]).isEqualTo(NEIGHBOUR);
        assertThat(rows[rows.length - 1]).isEqualTo(NEIGHBOUR);
        return Arrays.copyOfRange(rows, 1, rows.length - 1);
    }

    @Test
    void repetition_penalty_applies_once_to_every_token_of_the_hypothesis() {
        assertThat(process(new RepetitionPenalty(2), new int[] {0, 2, 2, 1}, 3, -1, 4, 5, -6))
                .containsExactly(1.5f, -2, 2, 5, -6);
    }

    @Test
    void a_repeated_bigram_is_forbidden() {
        assertThat(process(new NoRepeatNgram(2), new int[] {0, 3, 4, 3, 2, 3}, 1, 2, 3, 4, 5, 6))
                .containsExactly(1, 2, NONE, 4, NONE, 6);
    }

    @Test
    void a_repeated_trigram_may_overlap_itself() {
        assertThat(process(new NoRepeatNgram(3), new int[] {0, 3, 3, 3}, 1, 2, 3, 4, 5))
                .containsExactly(1, 2, 3, NONE, 5);
    }

    @Test
    void no_repeated_unigram_forbids_all_tokens_so_far() {
        assertThat(process(new NoRepeatNgram(1), new int[] {0, 2}, 1, 2, 3, 4)).containsExactly(NONE, 2, NONE, 4);
    }

    @Test
    void short_hypotheses_hold_no_ngram() {
        assertThat(process(new NoRepeatNgram(4), new int[] {0, 0}, 1, 2, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void end_of_sequence_is_forbidden_below_the_minimal_length() {
        MinLength processor = new MinLength(3, 1);
        assertThat(process(processor, new int[] {0, 2}, 1, 2, 3)).containsExactly(1, NONE, 3);
        assertThat(process(processor, new int[] {0, 2, 2}, 1, 2, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void temperature_divides() {
        assertThat(process(new Temperature(0.5f), new int[] {0}, 1, -2, 3)).containsExactly(2, -4, 6);
    }

    @Test
    void top_k_keeps_the_best_and_what_ties_with_the_worst_of_them() {
        assertThat(process(new TopK(2), new int[] {0}, 1, 5, 3, 3, 2)).containsExactly(NONE, 5, 3, 3, NONE);
        assertThat(process(new TopK(9), new int[] {0}, 1, 5)).containsExactly(1, 5);
    }

    @Test
    void top_p_keeps_the_least_set_that_reaches_the_probability() {
        float[] scores = logs(0.5, 0.05, 0.3, 0.15);
        assertThat(process(new TopP(0.81), new int[] {0}, scores))
                .containsExactly(scores[0], NONE, scores[2], scores[3]);
        assertThat(process(new TopP(0.79), new int[] {0}, scores)).containsExactly(scores[0], NONE, scores[2], NONE);
        assertThat(process(new TopP(0.01), new int[] {0}, scores)).containsExactly(scores[0], NONE, NONE, NONE);
    }

    @Test
    void top_p_removes_the_first_of_equals() {
        float[] scores = logs(0.25, 0.25, 0.25, 0.25);
        assertThat(process(new TopP(0.6), new int[] {0}, scores))
                .containsExactly(NONE, scores[1], scores[2], scores[3]);
    }

    @Test
    void min_p_keeps_what_is_near_the_likeliest() {
        float[] scores = logs(0.5, 0.05, 0.3, 0.15);
        assertThat(process(new MinP(0.29), new int[] {0}, scores))
                .containsExactly(scores[0], NONE, scores[2], scores[3]);
        assertThat(process(new MinP(0.31), new int[] {0}, scores)).containsExactly(scores[0], NONE, scores[2], NONE);
        assertThat(process(new MinP(1), new int[] {0}, scores)).containsExactly(scores[0], NONE, NONE, NONE);
        assertThat(process(new MinP(0.1), new int[] {0}, 1, NONE, 1)).containsExactly(1, NONE, 1);
    }

    @Test
    void processors_are_applied_in_hugging_faces_order() {
        GenerationConfig config = GenerationConfig.builder()
                .repetitionPenalty(1.5)
                .noRepeatNgramSize(3)
                .minLength(4)
                .sampling(new Sampling(0.5, 10, 0.9, 0.05, 0))
                .build();
        assertThat(LogitsProcessor.of(config))
                .containsExactly(
                        new RepetitionPenalty(1.5f),
                        new NoRepeatNgram(3),
                        new MinLength(4, 1),
                        new Temperature(0.5f),
                        new TopK(10),
                        new TopP(0.9),
                        new MinP(0.05));
        assertThat(LogitsProcessor.of(GenerationConfig.builder().build())).isEmpty();
    }

    private static float[] logs(double... probabilities) {
        float[] logs = new float[probabilities.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(probabilities[i]);
        }
        return logs;
    }
}
