package org.t5j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.cache.TokenStore;
import org.t5j.data.source.Source;
import org.t5j.data.task.MixingRate;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/** Tokenizing, trimming and ending of a task's examples. */
class TaskDatasetTest {

    private static Task task(Example... examples) {
        return Task.builder("t")
                .source(Task.TRAIN, Source.of(List.of(examples)))
                .inputLength(4)
                .targetLength(3)
                .build();
    }

    @Test
    void longExamplesAreTrimmedEndedAndCounted() {
        Task task = task(Example.of("10 11 12", "20"), Example.of("10 11 12 13", "20 21 22 23"), Example.of("", "7"));
        TaskDataset dataset = TaskDataset.load(task, Task.TRAIN, new WordTokenizer());
        assertThat(dataset.example(0)).isEqualTo(new TokenExample(new int[] {10, 11, 12, 1}, new int[] {20, 1}));
        assertThat(dataset.example(1)).isEqualTo(new TokenExample(new int[] {10, 11, 12, 1}, new int[] {20, 21, 1}));
        assertThat(dataset.example(2)).isEqualTo(new TokenExample(new int[] {1}, new int[] {7, 1}));
        assertThat(dataset.statistics()).isEqualTo(new TrimStatistics(3, 1, 1, 5, 5));
        assertThat(dataset.statistics().isComplete()).isFalse();
        assertThat(dataset.statistics().summary())
                .isEqualTo("3 examples; 1 inputs (longest 5) and 1 targets (longest 5) were longer than declared and"
                        + " trimmed");
    }

    @Test
    void anEmptyTargetIsNamed() {
        Task task = task(new Example(Map.of(Example.INPUTS, "a", Example.TARGETS, "  "), "train.tsv:12"));
        assertThatThrownBy(() -> TaskDataset.load(task, Task.TRAIN, new WordTokenizer()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train.tsv:12 has an empty target for task 't'");
    }

    @Test
    void largeIdsSurviveStorage() {
        Task task = task(Example.of("65535 65536 249999", "200000"));
        TaskDataset dataset = TaskDataset.load(task, Task.TRAIN, new WordTokenizer(250_000, 0));
        assertThat(dataset.example(0).inputs()).containsExactly(65535, 65536, 249999, 1);
        assertThat(dataset.example(0).targets()).containsExactly(200000, 1);
    }

    @Test
    void manySequencesSurviveStorage() {
        TokenStore store = new TokenStore(32_100);
        for (int i = 0; i < 5000; i++) {
            int[] tokens = new int[500];
            Arrays.fill(tokens, i);
            store.append(tokens);
        }
        assertThat(store.tokens()).isEqualTo(2_500_000);
        for (int i = 0; i < 5000; i++) {
            assertThat(store.get(i)).hasSize(500).containsOnly(i);
        }
    }

    @Test
    void mixturesTakeTheirRatesFromTheSizes() {
        Task one = task(Example.of("1", "2"), Example.of("3", "4"));
        Task other = Task.builder("other")
                .source(Task.TRAIN, Source.of(List.of(Example.of("1", "2"))))
                .build();
        Mixture mixture = Mixture.of("m", MixingRate.proportional(Double.POSITIVE_INFINITY, 1, 1), one, other);
        TrainingData data = TrainingData.load(mixture, new WordTokenizer());
        assertThat(data.parts()).extracting(TrainingData.Part::rate).containsExactly(2.0, 1.0);
        assertThat(data.inputLength()).isEqualTo(512);
    }

    @Test
    void aVocabularyThatPadsWithAnotherIdIsRefused() {
        Tokenizer odd = new PaddingWithThree();
        assertThatThrownBy(() -> TaskDataset.load(task(Example.of("1", "2")), Task.TRAIN, odd))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("padding id is 3");
    }

    private static final class PaddingWithThree extends WordTokenizer {
        @Override
        public int padId() {
            return 3;
        }
    }
}
