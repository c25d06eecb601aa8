package org.t5j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;

/** Rows of several examples: ids, segments and positions as seqio gives them, and how full rows get. */
class PackedRowsTest {
    private static TokenExample example(int[] inputs, int... targets) {
        return new TokenExample(inputs, targets);
    }

    private static int[] ids(int... ids) {
        return ids;
    }

    /** The example of {@code seqio.trim_and_pack_dataset}. */
    @Test
    void segmentsAndPositionsAreThoseOfSeqio() {
        Batch batch = BatchRows.packed(
                List.of(List.of(example(ids(8, 7, 1), 4, 1), example(ids(2, 3, 4, 1), 5, 6, 1))), 10, 10);
        assertThat(batch.inputIds()).containsExactly(8, 7, 1, 2, 3, 4, 1, 0, 0, 0);
        assertThat(batch.inputSegments()).containsExactly(1, 1, 1, 2, 2, 2, 2, 0, 0, 0);
        assertThat(batch.inputPositions()).containsExactly(0, 1, 2, 0, 1, 2, 3, 0, 0, 0);
        assertThat(batch.labels()).containsExactly(4, 1, 5, 6, 1, -100, -100, -100, -100, -100);
        assertThat(batch.targetSegments()).containsExactly(1, 1, 2, 2, 2, 0, 0, 0, 0, 0);
        assertThat(batch.targetPositions()).containsExactly(0, 1, 0, 1, 2, 0, 0, 0, 0, 0);
        assertThat(batch.examples()).isEqualTo(2);
        assertThat(batch.inputTokens()).isEqualTo(7);
        assertThat(batch.targetTokens()).isEqualTo(5);
    }

    @Test
    void segmentsBeginAnewInEveryRow() {
        TokenExample short2 = example(ids(9, 1), 1);
        Batch batch = BatchRows.packed(List.of(List.of(short2, short2), List.of(short2)), 4, 3);
        assertThat(batch.inputSegments()).containsExactly(1, 1, 2, 2, 1, 1, 0, 0);
        assertThat(batch.targetSegments()).containsExactly(1, 2, 0, 1, 0, 0);
        assertThat(batch.targetPositions()).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(batch.examples()).isEqualTo(3);
        assertThat(batch.rows(1, 2)).isEqualTo(BatchRows.packed(List.of(List.of(short2)), 4, 3));
    }

    /** seqio's packing takes the count of non-zero ids for the length and loses the end of such an example. */
    @Test
    void anIdOfZeroInTheMiddleLosesNothing() {
        TokenExample zero = example(ids(5, 0, 6, 1), 7, 0, 1);
        Batch batch = BatchRows.packed(List.of(List.of(zero, zero)), 9, 7);
        assertThat(batch.inputIds()).containsExactly(5, 0, 6, 1, 5, 0, 6, 1, 0);
        assertThat(batch.inputSegments()).containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 0);
        assertThat(batch.inputPositions()).containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0);
        assertThat(batch.labels()).containsExactly(7, 0, 1, 7, 0, 1, -100);
        assertThat(batch.targetPositions()).containsExactly(0, 1, 2, 0, 1, 2, 0);
        Batch alone = Batch.of(List.of(zero), new Padding(6, 5, 0));
        assertThat(alone.inputPositions()).containsExactly(0, 1, 2, 3, 0, 0);
        assertThat(alone.targetPositions()).containsExactly(0, 1, 2, 0, 0);
    }

    @Test
    void anExampleWithoutInputsHasASegmentOfOnePadding() {
        Batch batch = BatchRows.packed(List.of(List.of(example(ids(), 7, 1), example(ids(5, 1), 1))), 4, 4);
        assertThat(batch.inputIds()).containsExactly(0, 5, 1, 0);
        assertThat(batch.inputSegments()).containsExactly(1, 2, 2, 0);
        assertThat(batch.targetSegments()).containsExactly(1, 1, 2, 0);
        assertThat(batch.inputTokens()).isEqualTo(2);
    }

    @Test
    void whatDoesNotFitARowIsRefused() {
        Packer packer = new Packer(3, 2);
        assertThatThrownBy(() -> packer.add(waiting(0, example(ids(5, 5, 5, 1), 1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("4 input ids and 1 targets, but a row has 3 and 2");
        assertThatThrownBy(() -> packer.add(waiting(0, example(ids(1), 5, 5, 1))))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new Batch(1, 2, 2, new int[2], new int[2], new int[2], null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Give both");
        assertThatThrownBy(() -> new Batch(1, 2, 2, new int[2], new int[2], new int[3], new int[2]))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("arrays of 3 and 2 segments");
    }

    private static ExampleStream.Drawn waiting(int index, TokenExample example) {
        return new ExampleStream.Drawn(new DataPosition.Place(0, 0, index), example);
    }

    private static TokenExample lengths(int inputs, int targets) {
        int[] ids = new int[inputs];
        int[] labels = new int[targets];
        Arrays.fill(ids, 5);
        Arrays.fill(labels, 6);
        return new TokenExample(ids, labels);
    }

    @Test
    void theFirstThatWaitsIsTakenAndOthersInOrderUntilTheRowIsNearlyFull() {
        Packer packer = new Packer(100, 100);
        for (int i = 0; i < 40; i++) {
            packer.add(waiting(i, lengths(3 + i % 5, 3 + i % 5)));
        }
        List<TokenExample> row = packer.row(() -> {});
        for (int i = 0; i < 15; i++) {
            assertThat(row.get(i).inputs()).hasSize(3 + i % 5);
        }
        assertThat(row.stream().mapToInt(example -> example.inputs().length).sum())
                .isEqualTo(100);
        assertThat(packer.size()).isEqualTo(40 - row.size());
        assertThat(packer.waiting()).isSortedAccordingTo((a, b) -> Long.compare(a.index(), b.index()));
    }

    @Test
    void theEndOfARowIsFilledByThePairThatFillsItBest() {
        Packer packer = new Packer(20, 20);
        List<TokenExample> examples =
                List.of(lengths(8, 8), lengths(9, 2), lengths(3, 9), lengths(7, 6), lengths(11, 11), lengths(5, 6));
        for (int i = 0; i < examples.size(); i++) {
            packer.add(waiting(i, examples.get(i)));
        }
        List<TokenExample> row = packer.row(() -> {});
        assertThat(row).containsExactly(examples.get(0), examples.get(3), examples.get(5));
    }

    private static void fill(Packer packer, Random random) {
        while (packer.size() < 64) {
            int words = 3 + random.nextInt(20) + random.nextInt(18);
            packer.add(waiting(0, lengths(words, Math.max(2, words - 4 + random.nextInt(9)))));
        }
    }

    /** Sentences of 3 to 40 tokens and their translations, which differ in length. */
    @Test
    void rowsOfSentencesAreFull() {
        for (int length : new int[] {128, 256, 512}) {
            Packer packer = new Packer(length, length);
            Random random = new Random(1);
            int inputs = 0;
            int targets = 0;
            for (int row = 0; row < 300; row++) {
                for (TokenExample example : packer.row(() -> fill(packer, random))) {
                    inputs += example.inputs().length;
                    targets += example.targets().length;
                }
            }
            assertThat(inputs / (300.0 * length)).isBetween(0.98, 1.0);
            assertThat(targets / (300.0 * length)).isBetween(0.98, 1.0);
        }
    }

    @Test
    void noExampleIsLostOrTakenTwice() {
        Random random = new Random(2);
        Packer packer = new Packer(30, 20);
        List<TokenExample> left = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            TokenExample example = example(new int[random.nextInt(31)], new int[1 + random.nextInt(20)]);
            left.add(example);
            packer.add(waiting(i, example));
        }
        while (packer.size() > 0) {
            List<TokenExample> row = packer.row(() -> {});
            assertThat(row).isNotEmpty();
            assertThat(row.stream().mapToInt(Packer::inputs).sum()).isLessThanOrEqualTo(30);
            assertThat(row.stream()
                            .mapToInt(example -> example.targets().length)
                            .sum())
                    .isLessThanOrEqualTo(20);
            row.forEach(example ->
                    assertThat(left.removeIf(other -> other == example)).isTrue());
        }
        assertThat(left).isEmpty();
    }
}
