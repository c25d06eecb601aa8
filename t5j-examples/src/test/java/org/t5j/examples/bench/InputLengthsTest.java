package org.t5j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Exception;

/** Lengths of padded batches, and the batches that are made of them. */
class InputLengthsTest {

    @ParameterizedTest
    @CsvSource({"20, 150, 512, 8", "20, 150, 512, 32", "1, 60, 100, 5", "7, 8, 9, 3", "10, 50, 60, 40"})
    void spreadFromTheShortestToTheLongestWithTheMean(int shortest, int mean, int longest, int sequences) {
        int[] lengths = new InputLengths(shortest, mean, longest).of(sequences);
        assertThat(lengths)
                .hasSize(sequences)
                .startsWith(shortest)
                .endsWith(longest)
                .isSorted();
        assertThat(Arrays.stream(lengths).average().orElseThrow()).isCloseTo(mean, within(0.5));
    }

    @Test
    void areWhatAnotherProgramFindsByTheFormula() {
        assertThat(new InputLengths(20, 150, 512).of(8)).containsExactly(20, 21, 27, 46, 91, 174, 309, 512);
    }

    @Test
    void equalLengthsNeedNoMean() {
        assertThat(InputLengths.equal(9).of(3)).containsExactly(9, 9, 9);
        assertThat(InputLengths.equal(9).of(1)).containsExactly(9);
    }

    @Test
    void aMeanOutOfReachIsRefused() {
        assertThatThrownBy(() -> new InputLengths(20, 60, 512).of(8))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("between 82 and 450")
                .hasMessageContaining("found 60");
        assertThat(new InputLengths(20, 450, 512).of(8)).hasSize(8);
        assertThatThrownBy(() -> new InputLengths(20, 451, 512).of(8)).hasMessageContaining("found 451");
        for (int sequences : new int[] {1, 2}) {
            assertThatThrownBy(() -> new InputLengths(20, 266, 512).of(sequences))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("no choice of a mean");
        }
    }

    @Test
    void aPaddedBatchHasThoseLengthsAndCountsNoPadding() {
        TrainingWork work = new TrainingWork("tiny", 3, 20, 10, 4, 12, 0f, "adafactor");
        T5Batch batch = work.tokenBatch();
        int[] found = new int[3];
        for (int i = 0; i < batch.attentionMask().length; i++) {
            found[i / 20] += batch.attentionMask()[i];
        }
        assertThat(found).containsExactly(work.sourceLengths()).containsExactly(4, 12, 20);
        assertThat(work.targetLengths()).containsExactly(2, 6, 10);
        assertThat(batch.targets()).isEqualTo(18);
        assertThat(work.tokens()).isEqualTo(4 + 12 + 20 + 18);
        TrainingWork full = new TrainingWork("tiny", 3, 20, 10, 20, 20, 0f, "adafactor");
        assertThat(work.matmulFlops()).isLessThan(full.matmulFlops());
    }
}
