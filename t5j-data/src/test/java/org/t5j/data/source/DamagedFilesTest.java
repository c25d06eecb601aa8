package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.t5j.data.source.SourceFiles.gzip;
import static org.t5j.data.source.SourceFiles.joined;
import static org.t5j.data.source.SourceFiles.zstd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;

/** A corpus damaged in ten ways, as a configuration names it: ten errors that name file, place and remedy. */
class DamagedFilesTest {
    @TempDir
    Path directory;

    private SourceFiles files;

    @BeforeEach
    void files() {
        files = new SourceFiles(directory);
    }

    private void assertError(SourceConfig config, String... parts) {
        assertThatThrownBy(() -> config.toSource(directory).readAll())
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts);
    }

    private static SourceConfig lines(String... names) {
        return new SourceConfig("lines", List.of(names), null);
    }

    private static SourceConfig jsonl(String name) {
        return new SourceConfig("jsonl", List.of(name), List.of("text"));
    }

    private static SourceConfig table(String format, String name, Boolean header, String... columns) {
        return new SourceConfig(format, List.of(name), List.of(columns), header, null, null, null);
    }

    @Test
    void cutInTheMiddleOfGzip() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("line ").append(i * 2654435761L).append('\n');
        }
        byte[] whole = gzip(text.toString());
        files.write("a.txt.gz", Arrays.copyOf(whole, whole.length / 2));
        assertError(
                lines("a.txt.gz"), "Cannot read " + directory.resolve("a.txt.gz"), "after line ", "cut off", "fetch");
        byte[] packed = zstd(text.toString());
        files.write("a.txt.zst", Arrays.copyOf(packed, packed.length / 2));
        assertError(lines("a.txt.zst"), "Cannot read " + directory.resolve("a.txt.zst"), "after line ", "fetch");
    }

    @Test
    void notUtf8() throws IOException {
        files.write("a.txt", new byte[] {'o', 'k', '\n', 'n', (byte) 0xF6, '\n'});
        assertError(lines("a.txt"), "a.txt:2 is not UTF-8 (column 2 is byte F6)", "iconv -f LATIN1 -t UTF-8");
        files.write(
                "a.jsonl",
                joined("{\"text\": \"n".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xF6, '"', '}'}));
        assertError(jsonl("a.jsonl"), "a.jsonl:1 is not UTF-8 (column 12 is byte F6)", "iconv");
        files.write("b.txt", "two\nlines".getBytes(StandardCharsets.UTF_16));
        assertError(lines("b.txt"), "b.txt: it holds UTF-16 text", "iconv -f UTF-16 -t UTF-8");
    }

    @Test
    void missingColumn() throws IOException {
        files.write("a.tsv", "1\tgood\n0\n");
        assertError(table("tsv", "a.tsv", null, "label", "text"), "a.tsv:2 has 1 columns, but 2 are declared", "Mend");
        files.write("a.csv", "label,text\n1,good\n0\n");
        assertError(table("csv", "a.csv", true), "a.csv:3 has 1 columns, but 2 are declared: [label, text]", "Mend");
        files.write("a.jsonl", "{\"text\": \"x\"}\n{\"txt\": \"y\"}\n");
        assertError(jsonl("a.jsonl"), "a.jsonl:2 has no text in field 'text' (it has [txt])", "name another field");
        assertError(
                new SourceConfig(
                        "parquet",
                        List.of(SourceFiles.resource("parquet/types.parquet").toString()),
                        List.of("txt")),
                "types.parquet has no column 'txt' (it has [text, flag,",
                "Name one of those");
    }

    @Test
    void empty() throws IOException {
        files.write("a.txt", "");
        files.write("b.txt", "text\n");
        for (String format : List.of("lines", "jsonl", "json", "parquet")) {
            assertError(new SourceConfig(format, List.of("a.txt"), null), "a.txt is empty (0 bytes)", "Write it again");
        }
        assertError(lines("b.txt", "a.txt"), "a.txt is empty (0 bytes)");
        files.write("c.txt", "\n \n");
        assertError(lines("c.txt"), "c.txt holds no examples: it is blank", "Check");
        files.write("d.txt.gz", gzip(""));
        assertError(lines("d.txt.gz"), "d.txt.gz holds no examples", "Check");
        files.write("e.csv", "a,b\n");
        assertError(table("csv", "e.csv", true), "e.csv holds no examples");
    }

    @Test
    void binary() throws IOException {
        byte[] noise = new byte[5_000];
        new java.util.Random(1).nextBytes(noise);
        files.write("a.txt", noise);
        for (String format : List.of("lines", "documents", "jsonl", "json")) {
            assertError(
                    new SourceConfig(format, List.of("a.txt"), null),
                    "Cannot read " + directory.resolve("a.txt")
                            + ": it holds binary data, not text (its first bytes are",
                    "Name a text file");
        }
        files.write("b.txt.gz", gzip("\0\1\2\3\4\5".repeat(100)));
        assertError(lines("b.txt.gz"), "b.txt.gz: it holds binary data");
        files.write("c.txt", "PK\3\4 and so on");
        assertError(lines("c.txt"), "c.txt: it holds a zip archive", "Unpack it");
    }

    @Test
    void wrongEnding() throws IOException {
        files.write("a.txt", gzip("text"));
        assertError(lines("a.txt"), "a.txt: it holds gzip data", "ends with .gz");
        files.write("b.txt", zstd("text"));
        assertError(lines("b.txt"), "b.txt: it holds zstd data", "ends with .zst");
        files.write("c.gz", "plain text");
        assertError(lines("c.gz"), "c.gz: by its name it is gzip, but it begins with 'plain te'", "Rename it");
        files.write("d.zst", gzip("text"));
        assertError(lines("d.zst"), "d.zst: by its name it is zstd, but it begins with 1F 8B", "Rename it");
        Files.copy(SourceFiles.resource("parquet/types.parquet"), directory.resolve("e.jsonl"));
        assertError(jsonl("e.jsonl"), "e.jsonl: it holds a Parquet file", "format: parquet");
        files.write("f.parquet", "{\"text\": 1}\n");
        assertError(
                new SourceConfig("parquet", List.of("f.parquet"), null),
                "f.parquet: it is not Parquet, for it begins with '{\"text\":'",
                "Name the format");
        files.write("g.jsonl", "{\n  \"text\": 1\n}\n");
        assertError(jsonl("g.jsonl"), "g.jsonl:1 is not valid JSON", "format: json");
    }

    @Test
    void hugeLine() throws IOException {
        String huge = "{\"text\": \"" + "x".repeat(2_000) + "\"}";
        files.write("a.jsonl", "{\"text\": 1}\n" + huge + "\n");
        assertError(
                new SourceConfig("jsonl", List.of("a.jsonl"), null, null, null, null, 1_000),
                "a.jsonl:2 is longer than 1000 bytes",
                "Split it, or raise maxRowBytes");
        files.write("a.csv", "1,2\n3,\"" + "4\n".repeat(1_000));
        assertError(
                new SourceConfig("csv", List.of("a.csv"), List.of("a", "b"), null, null, null, 1_000),
                "a.csv:2 is longer than 1000 bytes");
    }

    @Test
    void nuls() throws IOException {
        files.write("a.txt", "one\ntw\0o\n");
        assertError(lines("a.txt"), "a.txt:2 has a NUL (column 3)", "tr -d '\\000'");
        assertError(new SourceConfig("documents", List.of("a.txt"), null), "a.txt:2 has a NUL (column 3)");
        files.write("a.jsonl", "{\"text\": 1}\n{\"text\": \"x\0\"}\n");
        assertError(jsonl("a.jsonl"), "a.jsonl:2 has a NUL (column 12)");
        files.write("c.txt", "EMMA\nBy \0\0Jane Austen\n".repeat(100));
        assertError(lines("c.txt"), "c.txt:2 has a NUL (column 4)", "tr -d '\\000'");
        files.write("b.txt", "\0".repeat(100));
        assertError(lines("b.txt"), "b.txt: it holds binary data, not text (its first bytes are 00 00");
    }

    @Test
    void preparedCorpus() throws IOException {
        files.write("corpus/report.json", "{}");
        files.write("corpus/train-00000.tokens", "\1\2");
        for (String name : List.of("corpus", "corpus/*", "corpus/train-00000.tokens")) {
            assertError(lines(name), "train-00000.tokens holds ids of a prepared corpus", "set data.format to tokens");
        }
    }

    @Test
    void sameThingTwice() throws IOException {
        files.write("a.txt", "one\n");
        assertError(lines("*.txt", "./a.txt"), "a.txt is named twice", "Name it once");
        files.write("a.tsv", "1\t2\n");
        assertError(table("tsv", "a.tsv", null, "a", "a"), "columns [a, a]: a name occurs twice", "Give each");
        files.write("b.tsv", "a\ta\n1\t2\n");
        assertError(
                table("tsv", "b.tsv", true),
                "b.tsv:1 names the columns [a, a]: a name occurs twice",
                "Mend the header");
        assertError(
                new SourceConfig("jsonl", List.of("a.txt"), List.of("text", "text")), "'text' occurs twice", "once");
    }

    @Test
    void directories() throws IOException {
        files.write("data/b.txt", "two\n");
        files.write("data/a.txt.gz", gzip("one\n"));
        files.write("data/_SUCCESS", "");
        files.write("data/.hidden", "x");
        files.write("data/deeper/c.txt", "three\n");
        for (String name : List.of("data", "data/")) {
            Source source = lines(name).toSource(directory);
            assertThat(SourceFiles.texts(source)).containsExactly("one", "two");
            assertThat(source.files()).hasSize(2);
        }
        Files.createDirectories(directory.resolve("empty"));
        files.write("hidden/_SUCCESS", "");
        assertError(
                lines("empty"), "The directory " + directory.resolve("empty") + " has no files", "Name one that has");
        assertError(lines("hidden"), "hidden has no files");
        files.write(
                "other/image.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 1, 2});
        assertError(lines("other"), "other/image.png: it holds binary data", "Name a text file");
    }
}
