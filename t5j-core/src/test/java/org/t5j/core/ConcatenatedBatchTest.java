package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.t5j.core.kernel.AttentionMask;

/** Inputs and targets as one sequence, by seqio's rule. */
class ConcatenatedBatchTest {
    private static final int NONE = T5Batch.NO_TARGET;
    private static final T5Config PREFIX = config(Architecture.DECODER_PREFIX_LM);
    private static final T5Config CAUSAL = config(Architecture.DECODER_LM);

    private static T5Config config(Architecture architecture) {
        return T5Config.builder()
                .vocabSize(20)
                .dModel(8)
                .numHeads(2)
                .dKv(4)
                .dFf(8)
                .layers(1, 1)
                .architecture(architecture)
                .build();
    }

    /** The example in the documentation of {@code seqio.PrefixLMFeatureConverter}. */
    @Test
    void theExampleOfSeqioIsReadAsThere() {
        T5Batch batch = T5Batch.of(PREFIX, 1, 5, 4, new int[] {9, 4, 6, 1, 0}, new int[] {3, 9, 1, NONE});
        TargetRows rows = ConcatenatedBatch.of(batch, PREFIX, false);
        assertThat(rows.ids()).containsExactly(0, 9, 4, 6, 1, 3, 9);
        assertThat(rows.labels()).containsExactly(NONE, NONE, NONE, NONE, 3, 9, 1);
        assertThat(rows.prefixes()).containsExactly(5);
        assertThat(rows.mask()).isNull();
        assertThat(ConcatenatedBatch.of(batch, PREFIX, true).labels()).containsExactly(9, 4, 6, 1, 3, 9, 1);

        TargetRows padded = ConcatenatedBatch.padded(batch, PREFIX);
        assertThat(padded.ids()).containsExactly(0, 9, 4, 6, 1, 3, 9, 1, 0);
        assertThat(padded.labels()).containsExactly(NONE, NONE, NONE, NONE, 3, 9, 1, NONE, NONE);
    }

    /** {@code decoder_causal_attention 1 1 1 1 1 0 0}: what every query of the example sees. */
    @Test
    void thePrefixIsTheInputsAndThePositionThatReadsTheirEnd() {
        T5Batch batch = T5Batch.of(PREFIX, 1, 4, 3, new int[] {9, 4, 6, 1}, new int[] {3, 9, 1});
        TargetRows rows = ConcatenatedBatch.of(batch, PREFIX, false);
        AttentionMask mask = AttentionMask.of(null, null, rows.sequences(), true, rows.prefixes(), null);
        int[] seen = new int[7];
        for (int query = 0; query < 7; query++) {
            seen[query] = mask.visible(0, query, 7);
        }
        assertThat(seen).containsExactly(5, 5, 5, 5, 5, 6, 7);
        assertThat(ConcatenatedBatch.of(batch, CAUSAL, false).prefixes()).isNull();
    }

    @Test
    void inputsThatAreOnlyAnEndOfSequenceAreNone() {
        T5Batch batch =
                T5Batch.of(CAUSAL, 3, 2, 3, new int[] {1, 0, 0, 0, 5, 1}, new int[] {7, 8, 1, 9, 1, NONE, 4, 1, NONE});
        TargetRows rows = ConcatenatedBatch.of(batch, CAUSAL, true);
        assertThat(rows.ids()).containsExactly(0, 7, 8, 0, 9, 0, 5, 1, 4);
        assertThat(rows.labels()).containsExactly(7, 8, 1, 9, 1, 5, 1, 4, 1);
        assertThat(rows.targetCounts()).containsExactly(3, 2, 4);
        assertThat(ConcatenatedBatch.of(batch, PREFIX, false).prefixes()).containsExactly(1, 1, 3);
    }

    @Test
    void maskedInputsAreReadAndNotAttendedTo() {
        T5Batch batch = T5Batch.of(CAUSAL, 1, 4, 2, new int[] {5, 0, 6, 0}, new int[] {7, 1});
        TargetRows rows = ConcatenatedBatch.of(batch, CAUSAL, true);
        assertThat(rows.ids()).containsExactly(0, 5, 0, 6, 7);
        assertThat(rows.mask()).containsExactly(1, 1, 0, 1, 1);
        assertThat(rows.labels()).containsExactly(5, NONE, 6, 7, 1);
    }

    /** The mask of the start token does not hide the last input, which is read in its place. */
    @Test
    void maskedTargetsAreNotAttendedTo() {
        int[] inputs = {5, 1, 1, 0};
        int[] labels = {7, 8, 1, 9, 1, NONE};
        int[] mask = {0, 1, 0, 0, 1, 1};
        T5Batch plain = T5Batch.of(CAUSAL, 2, 2, 3, inputs, labels);
        T5Batch batch = new T5Batch(2, 2, 3, inputs, plain.attentionMask(), plain.decoderInputIds(), mask, labels);
        TargetRows rows = ConcatenatedBatch.of(batch, CAUSAL, false);
        assertThat(rows.ids()).containsExactly(0, 5, 1, 7, 8, 0, 9, 1);
        assertThat(rows.mask()).containsExactly(1, 1, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void segmentsOfPackedRowsAreSequencesOfTheirOwn() {
        T5Batch batch = T5Batch.of(
                PREFIX,
                1,
                6,
                6,
                new int[] {5, 6, 1, 1, 8, 0},
                new int[] {7, 1, 9, 10, 1, NONE},
                new int[] {1, 1, 1, 2, 3, 0},
                new int[] {1, 1, 2, 2, 3, 0});
        TargetRows rows = ConcatenatedBatch.of(batch, PREFIX, false);
        assertThat(rows.sequences().count()).isEqualTo(3);
        assertThat(rows.ids()).containsExactly(0, 5, 6, 1, 7, 0, 9, 0, 8);
        assertThat(rows.labels()).containsExactly(NONE, NONE, NONE, 7, 1, 9, 10, NONE, 1);
        assertThat(rows.prefixes()).containsExactly(4, 1, 2);
    }
}
