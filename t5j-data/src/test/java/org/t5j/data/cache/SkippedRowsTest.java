package org.t5j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.DataException;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.CorpusTexts;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.source.BadRows;
import org.t5j.data.source.OnBadRow;
import org.t5j.data.source.SourceConfig;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

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

    private static SourceConfig config(OnBadRow onBadRow) {
        return new SourceConfig("tsv", List.of("a.tsv"), List.of("inputs", "targets"), null, null, onBadRow, null);
    }

    private Task task(OnBadRow onBadRow) {
        return Task.builder("pairs")
                .source(Task.TRAIN, config(onBadRow).toSource(directory))
                .build();
    }

    private TokenCache cache(long memoryBytes) {
        return new TokenCache(directory.resolve("cache"), memoryBytes, 1000, 1, new Recorded());
    }

    private long load(String text, long memoryBytes) throws IOException {
        Files.writeString(directory.resolve("a.tsv"), text);
        return load(memoryBytes);
    }

    private long load(long memoryBytes) {
        return TaskDataset.load(task(OnBadRow.SKIP), Task.TRAIN, new WordTokenizer(), cache(memoryBytes))
                .examples();
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
    void whatIsFoundInTheCacheIsToldAgain() throws IOException {
        load("a\tb\nonly one\nc\td\n", 0);
        assertThat(load(0)).isEqualTo(2);
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).isEqualTo(told.get(0)).contains("a.tsv:2 has 1 columns");
    }

    @Test
    void whatWasMadeBySkippingIsNotFoundWhereBadRowsAreErrors() throws IOException {
        load("a\tb\nonly one\nc\td\n", 0);
        assertThatThrownBy(() -> TaskDataset.load(task(OnBadRow.ERROR), Task.TRAIN, new WordTokenizer(), cache(0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.tsv:2 has 1 columns");
    }

    @Test
    void whereTokenizingWasKilledItGoesOnBehindBadRowsToo() throws IOException {
        String rows = IntStream.range(0, 2000)
                .mapToObj(i -> i % 7 == 3 ? "bad" : "label\t" + i + " " + (i + 1))
                .collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("a.tsv"), rows);
        Texts texts = new CorpusTexts("corpus", config(OnBadRow.SKIP).toSource(directory), "targets");
        DocumentStore whole = cache(Long.MAX_VALUE).load(texts, new WordTokenizer());
        Tokenizer killed = new WordTokenizer() {
            @Override
            public int[] encode(String text) {
                if (text.equals("1500 1501")) {
                    throw new IllegalStateException("killed");
                }
                return super.encode(text);
            }
        };
        assertThatThrownBy(() -> cache(0).load(texts, killed)).hasMessage("killed");
        DocumentStore resumed = cache(0).load(texts, new WordTokenizer());
        assertThat(resumed.size()).isEqualTo(whole.size());
        assertThat(resumed.checksum()).isEqualTo(whole.checksum());
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).isEqualTo(told.get(0)).startsWith("corpus: 286 bad rows were skipped");
    }

    @Test
    void nothingIsToldOfGoodRows() throws IOException {
        assertThat(load("a\tb\n", 1000)).isEqualTo(1);
        assertThat(told).isEmpty();
    }
}
