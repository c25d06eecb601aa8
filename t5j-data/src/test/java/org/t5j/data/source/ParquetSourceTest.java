package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.t5j.data.source.SourceFiles.resource;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Parquet files that pyarrow wrote, against the JSON lines that Python wrote of the same rows. */
class ParquetSourceTest {
    @TempDir
    Path directory;

    private static Source parquet(String name, String... columns) {
        return new ParquetSource(List.of(resource("parquet/" + name + ".parquet")), List.of(columns));
    }

    private static void assertSame(List<Example> found, List<Example> expected) {
        assertThat(found)
                .extracting(Example::fields)
                .isEqualTo(expected.stream().map(Example::fields).toList());
        assertThat(found)
                .extracting(Example::lists)
                .isEqualTo(expected.stream().map(Example::lists).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "plain"})
    void readsWhatPythonWroteWithEveryCompression(String compression) {
        for (String[] columns : new String[][] {{}, {"id", "question", "answers.text"}, {"answers"}}) {
            Source expected = new JsonlSource(List.of(resource("parquet/squad.jsonl")), List.of(columns));
            Source source = parquet("squad-" + compression, columns);
            assertSame(source.readAll(), expected.readAll());
            SourceFiles.assertStartsAnywhere(source);
        }
    }

    @Test
    void severalFilesFollowEachOther() {
        List<Path> files = List.of(resource("parquet/squad-zstd.parquet"), resource("parquet/squad-plain.parquet"));
        Source source = new ParquetSource(files, List.of("id"));
        assertThat(source.readAll()).hasSize(14).last().satisfies(example -> assertThat(example.origin())
                .endsWith("squad-plain.parquet row 7"));
        SourceFiles.assertStartsAnywhere(source);
    }

    @Test
    void readsEveryTypeAndLeavesNullsOut() {
        Source expected = new JsonlSource(List.of(resource("parquet/types.jsonl")), List.of());
        assertSame(parquet("types").readAll(), expected.readAll());
        assertThatThrownBy(parquet("types", "text", "tags")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("types.parquet row 2 has null in field 'text'")
                .hasMessageContaining("onBadRow: SKIP");
    }

    @Test
    void whatItCannotReadIsNamed() throws IOException {
        assertThatThrownBy(() -> parquet("squad-zstd", "id", "answer").readAll())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("squad-zstd.parquet has no column 'answer' (it has [id, title,");
        assertThatThrownBy(() -> parquet("squad-lz4").readAll())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("packed with LZ4")
                .hasMessageContaining("write it with snappy, gzip or zstd");
        byte[] whole = Files.readAllBytes(resource("parquet/squad-snappy.parquet"));
        Path cut = Files.write(directory.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(new ParquetSource(List.of(cut), List.of())::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cut.parquet: it does not end as Parquet does");
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 40, 400, (byte) 0x55);
        Path file = Files.write(directory.resolve("damaged.parquet"), damaged);
        assertThatThrownBy(new ParquetSource(List.of(file), List.of())::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged.parquet after row 0")
                .hasMessageContaining("fetch or write it again");
        Path text = Files.writeString(directory.resolve("text.parquet"), "{\"a\": 1}\n");
        assertThatThrownBy(new ParquetSource(List.of(text), List.of())::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is not Parquet, for it begins with '{\"a\": 1}'");
    }

    @Test
    void withoutItsLibrariesTheErrorNamesThem() throws Exception {
        URL[] rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("parquet-"))
                .map(ParquetSourceTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(SourceConfig.class.getName());
            Object config = type.getConstructor(String.class, List.class, List.class)
                    .newInstance("parquet", List.of("parquet/types.parquet"), null);
            Object source = type.getMethod("toSource", Path.class).invoke(config, resource(""));
            assertThatThrownBy(() -> loader.loadClass(Source.class.getName())
                            .getMethod("open", long.class)
                            .invoke(source, 0L))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("types.parquet: format parquet needs libraries")
                    .hasMessageContaining("Add org.apache.parquet:parquet-hadoop");
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
