package org.t5j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;

/** Padding of batches, and evaluation in the order of the files. */
class BatchTest {
    private static final List<TokenExample> TWO = List.of(
            new TokenExample(new int[] {5, 6, 1}, new int[] {7, 1}), new TokenExample(new int[] {8, 1}, new int[] {1}));

    @Test
    void rowsArePaddedToTheLongestRoundedUp() {
        Batch batch = Batch.of(TWO, new Padding(512, 114, 4));
        assertThat(batch.inputLength()).isEqualTo(4);
        assertThat(batch.targetLength()).isEqualTo(4);
        assertThat(batch.inputIds()).containsExactly(5, 6, 1, 0, 8, 1, 0, 0);
        assertThat(batch.labels()).containsExactly(7, 1, -100, -100, 1, -100, -100, -100);
        assertThat(batch.inputTokens()).isEqualTo(5);
        assertThat(batch.targetTokens()).isEqualTo(3);
    }

    @Test
    void roundingStopsAtTheDeclaredLength() {
        Batch batch = Batch.of(TWO, new Padding(3, 2, 8));
        assertThat(batch.inputLength()).isEqualTo(3);
        assertThat(batch.targetLength()).isEqualTo(2);
    }

    @Test
    void fixedLengthsArePaddedInFull() {
        Batch batch = Batch.of(TWO, new Padding(6, 5, 0));
        assertThat(batch.inputLength()).isEqualTo(6);
        assertThat(batch.targetLength()).isEqualTo(5);
    }

    @Test
    void examplesThatDoNotFitOrTeachNothingAreRefused() {
        assertThatThrownBy(() -> Batch.of(TWO, new Padding(2, 5, 8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("3 input ids, but 2 is the maximum");
        assertThatThrownBy(() -> Batch.of(List.of(new TokenExample(new int[] {1}, new int[0])), new Padding(2, 5, 8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no targets");
        assertThatThrownBy(() -> Batch.of(List.of(), new Padding(2, 5, 8))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new Batch(1, 2, 2, new int[2], new int[3])).isInstanceOf(DataException.class);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> BatchConfig.of(0, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("batchSize is 0");
        assertThatThrownBy(() -> new BatchConfig(1, 1L, 0, null, null)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new BatchConfig(1, 1L, null, -1, null)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new BatchConfig(1, 1L, null, null, 0)).isInstanceOf(DataException.class);
    }

    @Test
    void theInputsOfARowEndWhereItsPaddingBegins() {
        TokenExample withPadding = new TokenExample(new int[] {5, Batch.PAD, 7, 1}, new int[] {9, 1});
        TokenExample longer = new TokenExample(new int[] {5, 6, 7, 8, 9, 1}, new int[] {9, 1});
        Batch batch = Batch.of(List.of(withPadding, longer), new Padding(8, 4, 8));
        assertThat(batch.inputs(0)).containsExactly(5, Batch.PAD, 7, 1);
        assertThat(batch.inputs(1)).containsExactly(5, 6, 7, 8, 9, 1);
    }

    @Test
    void evaluationKeepsTheOrderAndTheTexts() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            examples.add(Example.of("1 ".repeat(7 - i), Integer.toString(100 + i)));
        }
        Task task = Task.builder("t")
                .source(Task.TEST, Source.of(examples))
                .inputLength(8)
                .targetLength(4)
                .build();
        EvalBatches batches = EvalBatches.ofTask(task, Task.TEST, new WordTokenizer(), 3, 1000);
        assertThat(batches.size()).isEqualTo(7);
        for (int pass = 0; pass < 2; pass++) {
            List<Example> seen = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            for (EvalBatch batch : batches) {
                sizes.add(batch.batch().size());
                for (int row = 0; row < batch.batch().size(); row++) {
                    assertThat(batch.batch().labels()[row * batch.batch().targetLength()])
                            .isEqualTo(100 + seen.size() + row);
                }
                seen.addAll(batch.examples());
            }
            assertThat(seen).isEqualTo(examples).isEqualTo(batches.examples());
            assertThat(sizes).containsExactly(3, 3, 1);
        }
        assertThat(EvalBatches.ofTask(task, Task.TEST, new WordTokenizer(), 3, 2)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void evaluationByLengthPutsLikeLengthsTogetherAndResultsBackInOrder() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            examples.add(Example.of("1 ".repeat(i % 4 * 2 + 1), Integer.toString(100 + i)));
        }
        Task task = Task.builder("t")
                .source(Task.TEST, Source.of(examples))
                .inputLength(8)
                .targetLength(4)
                .build();
        EvalBatches batches = EvalBatches.ofTask(task, Task.TEST, new WordTokenizer(), 5, 1000);
        List<Integer> lengths = new ArrayList<>();
        for (EvalBatch batch : batches.byLength()) {
            for (int row = 0; row < 5; row++) {
                assertThat(batch.examples().get(row))
                        .isSameAs(examples.get(batch.indices().get(row)));
            }
            lengths.add(batch.batch().inputTokens());
        }
        assertThat(lengths).containsExactly(5 * 2, 5 * 4, 5 * 6, 5 * 8);
        assertThat(batches.inOrder(batches.byLength(), EvalBatch::examples)).isEqualTo(examples);
        assertThat(batches.inOrder(batches, EvalBatch::indices))
                .isEqualTo(IntStream.range(0, 20).boxed().toList());
    }
}
