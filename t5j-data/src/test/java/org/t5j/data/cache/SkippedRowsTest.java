package org.t5j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.source.BadRows;
import org.t5j.data.source.OnBadRow;
import org.t5j.data.source.SourceConfig;
import org.t5j.data.task.Task;

/** Rows that are skipped are told, whether tokens are kept in memory or in files. */
class SkippedRowsTest {
    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();

    private final class Recorded implements TokenCache.Progress {
        @Override
        public void tokenized(String name, long documents, long tokens) {}

        @Override
        public void skipped(String name, BadRows rows) {
            told.add(name + ": " + rows);
        }
    }

    private long load(String text, long memoryBytes) throws IOException {
        Files.writeString(directory.resolve("a.tsv"), text);
        List<String> columns = List.of("inputs", "targets");
        SourceConfig source = new SourceConfig("tsv", List.of("a.tsv"), columns, null, null, OnBadRow.SKIP, null);
        Task task = Task.builder("pairs")
                .source(Task.TRAIN, source.toSource(directory))
                .build();
        TokenCache cache = new TokenCache(directory.resolve("cache"), memoryBytes, 1000, 1, new Recorded());
        return TaskDataset.load(task, Task.TRAIN, new WordTokenizer(), cache).examples();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1000})
    void skippedRowsAreToldWithTheirLines(long memoryBytes) throws IOException {
        assertThat(load("a\tb\nonly one\nc\td\n\te\tf\tg\n", memoryBytes)).isEqualTo(2);
        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .startsWith("pairs-train: 2 bad rows were skipped")
                .contains("a.tsv:2", "a.tsv:4");
    }

    @Test
    void nothingIsToldOfGoodRows() throws IOException {
        assertThat(load("a\tb\n", 1000)).isEqualTo(1);
        assertThat(told).isEmpty();
    }
}
