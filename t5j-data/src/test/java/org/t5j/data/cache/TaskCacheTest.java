package org.t5j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.source.LineSource;
import org.t5j.data.task.MixingRate;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;

/** Tasks of large files: tokenized once, trimmed when read. */
class TaskCacheTest {
    @TempDir
    Path directory;

    private final List<String> progress = new ArrayList<>();
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = directory.resolve("numbers.txt");
        Files.write(file, IntStream.range(0, 2000).mapToObj(i -> "" + (10 + i)).toList());
    }

    /** Line n becomes n % 3 examples: inputs n, n % 9 times, and target n. */
    private Task task(int inputLength, String target) {
        Preprocessor several = example -> {
            int n = Integer.parseInt(example.get(LineSource.TEXT));
            Example made = example.with(Example.INPUTS, (n + " ").repeat(n % 9)).with(Example.TARGETS, target + n);
            return IntStream.range(0, n % 3).mapToObj(i -> made).toList();
        };
        return Task.builder("numbers")
                .source(Task.TRAIN, new LineSource(List.of(file)))
                .preprocess(several)
                .inputLength(inputLength)
                .targetLength(4)
                .build();
    }

    private TokenCache cache() {
        return new TokenCache(
                directory.resolve("cache"),
                0,
                10_000,
                2,
                (name, documents, tokens) -> progress.add(name + " " + documents));
    }

    private TaskDataset cached(Task task) {
        return TaskDataset.load(task, Task.TRAIN, new WordTokenizer(), cache());
    }

    private static void assertSame(TaskDataset dataset, TaskDataset expected) {
        assertThat(dataset.size()).isEqualTo(expected.size());
        assertThat(dataset.checksum()).isEqualTo(expected.checksum());
        assertThat(dataset.statistics()).isEqualTo(expected.statistics());
        for (long i = 0; i < expected.size(); i++) {
            assertThat(dataset.example(i)).isEqualTo(expected.example(i));
        }
    }

    @Test
    void examplesAreThoseOfMemoryWhateverIsTrimmed() {
        for (int inputLength : new int[] {512, 5, 2}) {
            Task task = task(inputLength, "");
            assertSame(cached(task), TaskDataset.load(task, Task.TRAIN, new WordTokenizer()));
        }
        assertThat(progress).as("lengths do not matter to the cache").containsExactly("numbers-train 4002");
        assertThat(cached(task(5, "")).checksum())
                .isNotEqualTo(cached(task(6, "")).checksum());
        assertThat(cached(task(5, "")).statistics().trimmedInputs()).isPositive();
    }

    @Test
    void anotherPreprocessorIsTokenizedAnew() {
        cached(task(5, ""));
        TaskDataset other = cached(task(5, "7 "));
        assertThat(other.example(0).targets()).containsExactly(7, 10, 1);
        assertThat(progress).hasSize(2);
    }

    @Test
    void aTaskThatFailedGoesOnBehindItsLastShard() {
        Task task = task(5, "");
        WordTokenizer failing = new WordTokenizer() {
            @Override
            public int[] encode(String text) {
                return super.encode(text.equals("1501") ? "" : text);
            }
        };
        assertThatThrownBy(() -> TaskDataset.load(task, Task.TRAIN, failing, cache()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("numbers.txt:1492 has an empty target for task 'numbers'");
        assertSame(cached(task), TaskDataset.load(task, Task.TRAIN, new WordTokenizer()));
    }

    @Test
    void aMixtureReadsItsTasksFromTheCache() {
        Mixture mixture = Mixture.of("m", MixingRate.proportional(Double.POSITIVE_INFINITY, 1, 1), task(5, ""));
        TrainingData data = TrainingData.load(mixture, new WordTokenizer(), cache());
        assertThat(data.parts()).extracting(TrainingData.Part::rate).containsExactly(2001.0);
        assertThat(progress).containsExactly("numbers-train 4002");
    }

    @Test
    void aTaskWithoutExamplesIsRefused() {
        Task empty = Task.builder("empty")
                .source(Task.TRAIN, new LineSource(List.of(file)))
                .preprocess(example -> List.of())
                .build();
        for (TokenCache cache : List.of(cache(), TokenCache.inMemory())) {
            assertThatThrownBy(() -> TaskDataset.load(empty, Task.TRAIN, new WordTokenizer(), cache))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("task 'empty' leave no example of split 'train'");
        }
    }
}
