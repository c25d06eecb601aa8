package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;

/** Every format by its name, many shards, and what a format does not have. */
class SourceConfigTest {
    @TempDir
    Path directory;

    @Test
    void everyFormatReadsShardsInOrderAndTellsItsFiles() throws IOException {
        SourceFiles files = new SourceFiles(directory);
        for (int shard = 0; shard < 12; shard++) {
            String name = String.format("s-%05d", shard);
            files.write(name + ".lines", "t" + shard + "\n");
            files.write(name + ".documents", "t" + shard + "\n\n");
            files.write(name + ".tsv", "text\nt" + shard + "\n");
            files.write(name + ".csv", "text\nt" + shard + "\n");
            files.write(name + ".jsonl", "{\"text\": \"t" + shard + "\"}\n");
            files.write(name + ".json", "[{\"text\": \"t" + shard + "\"}]\n");
        }
        for (String format : SourceConfig.formats()) {
            if (!format.equals("parquet")) {
                Boolean header = format.endsWith("sv") ? true : null;
                Source source = new SourceConfig(format, List.of("s-*." + format), null, header, null, null, null)
                        .toSource(directory);
                assertThat(SourceFiles.texts(source))
                        .hasSize(12)
                        .startsWith("t0", "t1")
                        .endsWith("t10", "t11");
                assertThat(source.files()).hasSize(12);
                SourceFiles.assertStartsAnywhere(source);
            }
        }
        Source parquet = new SourceConfig("parquet", List.of("parquet/squad-*p*.parquet"), List.of("id"))
                .toSource(SourceFiles.resource(""));
        assertThat(parquet.files()).hasSize(3);
        assertThat(parquet.readAll()).hasSize(21);
    }

    @Test
    void optionsThatAFormatDoesNotHaveAreErrors() {
        assertError("'columns'", () -> new SourceConfig("lines", List.of("a"), List.of("x")));
        assertError("needs 'columns'", () -> new SourceConfig("tsv", List.of("a"), null));
        assertError("'header'", () -> new SourceConfig("jsonl", List.of("a"), null, true, null, null, null));
        assertError("'records'", () -> new SourceConfig("jsonl", List.of("a"), null, null, "x", null, null));
        assertError("maxRowBytes is 0", () -> new SourceConfig("lines", List.of("a"), null, null, null, null, 0));
        assertError("Did you mean 'jsonl'?", () -> new SourceConfig("jsonls", List.of("a"), null));
    }

    private static void assertError(String part, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOf(DataException.class).hasMessageContaining(part);
    }
}
