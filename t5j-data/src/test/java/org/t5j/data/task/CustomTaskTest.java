package org.t5j.data.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.Example;
import org.t5j.data.WordTokenizer;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.TsvSource;

/** How to write a task of one's own: in Java, and as a configuration file. */
class CustomTaskTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(directory.resolve("train.tsv"), "1\tA fine film.\n0\tDull\n1\tGreat fun\n");
        Files.writeString(directory.resolve("dev.tsv"), "0\tNo.\n1\tYes!\n");
    }

    /** A sentiment task in ten lines. */
    private Task sentiment() {
        return Task.builder("sentiment")
                .source(Task.TRAIN, new TsvSource(List.of(directory.resolve("train.tsv")), List.of("label", "text")))
                .source(Task.VALIDATION, new TsvSource(List.of(directory.resolve("dev.tsv")), List.of("label", "text")))
                .preprocess(Preprocessors.inputsAndTargets("text", "label"))
                .preprocess(Preprocessors.map(example ->
                        example.with(Example.TARGETS, example.targets().equals("1") ? "positive" : "negative")))
                .prefix("sentiment: ")
                .inputLength(64)
                .targetLength(4)
                .metric("accuracy")
                .build();
    }

    @Test
    void theTaskDeliversPrefixedExamples() {
        List<Example> examples = sentiment().examples(Task.VALIDATION);
        assertThat(examples).extracting(Example::inputs).containsExactly("sentiment: No.", "sentiment: Yes!");
        assertThat(examples).extracting(Example::targets).containsExactly("negative", "positive");
    }

    @Test
    void theSameByTemplates() {
        Task task = Task.builder("sentiment")
                .source(Task.VALIDATION, new TsvSource(List.of(directory.resolve("dev.tsv")), List.of("label", "text")))
                .preprocess(Preprocessors.labels("label", Map.of("0", "negative", "1", "positive")))
                .preprocess(Preprocessors.templates("sentiment: {text}", "{label}"))
                .choices("negative", "positive")
                .metric("accuracy")
                .build();
        List<Example> examples = task.examples(Task.VALIDATION);
        assertThat(examples)
                .extracting(Example::inputs)
                .isEqualTo(sentiment().examples(Task.VALIDATION).stream()
                        .map(Example::inputs)
                        .toList());
        assertThat(examples).extracting(Example::targets).containsExactly("negative", "positive");
        assertThat(task.choices(examples.get(0))).containsExactly("negative", "positive");
    }

    @Test
    void theTaskTrains() {
        TrainingData data = TrainingData.load(sentiment(), new WordTokenizer());
        try (BatchStream stream = BatchStream.open(data, BatchConfig.of(3, 1), DataPosition.start())) {
            Batch batch = stream.next();
            assertThat(batch.size()).isEqualTo(3);
            assertThat(batch.inputTokens())
                    .as("three prefixes, six words, three ends")
                    .isEqualTo(12);
            assertThat(batch.targetTokens()).isEqualTo(6);
        }
    }

    @Test
    void theTaskScoresPredictions() {
        Task task = sentiment();
        assertThat(task.score(task.examples(Task.VALIDATION), List.of("negative", "negative")))
                .containsEntry("accuracy", 50.0);
    }

    @Test
    void theSameAsAFileOfTenLines() throws IOException {
        String json = """
                {
                  "name": "rating",
                  "format": "tsv",
                  "train": ["train.tsv"],
                  "validation": ["d*.tsv"],
                  "columns": ["label", "text"],
                  "input": "text",
                  "target": "label",
                  "prefix": "rate: ",
                  "metrics": ["accuracy", "f1_macro"]
                }""";
        TaskConfig config = new ObjectMapper().readValue(json, TaskConfig.class);
        Task task = config.toTask(directory);
        assertThat(task.splits()).containsExactly(Task.TRAIN, Task.VALIDATION);
        Example first = task.examples(Task.VALIDATION, 1).get(0);
        assertThat(first.inputs()).isEqualTo("rate: No.");
        assertThat(first.targets()).isEqualTo("0");
        assertThat(task.metrics()).containsOnlyKeys("accuracy", "f1_macro");
        assertThat(new ObjectMapper().readValue(new ObjectMapper().writeValueAsString(config), TaskConfig.class))
                .isEqualTo(config);
    }
}
