package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.t5j.data.source.SourceFiles.joined;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** With onBadRow: SKIP, bad rows of every format are passed over and counted; positions stay exact. */
class BadRowsTest {
    @TempDir
    Path directory;

    private SourceFiles files;

    @BeforeEach
    void files() {
        files = new SourceFiles(directory);
    }

    private Source skipping(String format, Path file, List<String> columns, String records) {
        return new SourceConfig(format, List.of(file.toString()), columns, null, records, OnBadRow.SKIP, 100)
                .toSource(directory);
    }

    /** Reads to the end, opened anew at every position. */
    private static List<String> readInPieces(Source source, String field) {
        List<String> texts = new ArrayList<>();
        long position = 0;
        while (true) {
            try (ExampleReader reader = source.open(position)) {
                Example example = reader.next();
                if (example == null) {
                    return texts;
                }
                texts.add(example.get(field));
                assertThat(reader.position()).isGreaterThan(position);
                position = reader.position();
            }
        }
    }

    private static void assertSkips(Source source, String field, List<String> good, String... problems) {
        List<String> texts = new ArrayList<>();
        try (ExampleReader reader = source.open(0)) {
            for (Example example = reader.next(); example != null; example = reader.next()) {
                texts.add(example.get(field));
            }
            assertThat(texts).isEqualTo(good);
            assertThat(reader.badRows().count()).isEqualTo(problems.length);
            assertThat(reader.position()).isEqualTo(good.size() + problems.length);
            for (int i = 0; i < problems.length; i++) {
                assertThat(reader.badRows().examples().get(i)).contains(problems[i]);
                assertThat(reader.badRows().toString()).contains(problems[i]);
            }
        }
        assertThat(readInPieces(source, field)).isEqualTo(good);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final byte[] LATIN = {'n', (byte) 0xF6};

    @Test
    void lines() throws IOException {
        Path file =
                files.write("a.txt", joined(bytes("one\n"), LATIN, bytes("\ntw\0o\n" + "x".repeat(101) + "\nthree")));
        assertSkips(
                skipping("lines", file, null, null),
                "text",
                List.of("one", "three"),
                "a.txt:2 is not UTF-8",
                "a.txt:3 has a NUL",
                "a.txt:4 is longer than 100 bytes");
    }

    @Test
    void documents() throws IOException {
        String tooLong = "twelve bytes\n".repeat(8);
        Path file = files.write(
                "a.txt",
                joined(
                        bytes("one\n\ntwo\n"),
                        LATIN,
                        bytes("\n2\n\nthree\n\n" + tooLong + tooLong + "\nfour\n\n" + tooLong)));
        assertSkips(
                skipping("documents", file, null, null),
                "text",
                List.of("one", "three", "four"),
                "a.txt:4 is not UTF-8 (column 2 is byte F6)",
                "a.txt:9 is longer than 100 bytes",
                "a.txt:28 is longer than 100 bytes");
    }

    @Test
    void tsvAndCsv() throws IOException {
        assertSkips(
                skipping("tsv", files.write("a.tsv", "1\tone\n2\n\n3\tthree\n4\t4\t4\n"), List.of("id", "text"), null),
                "text",
                List.of("one", "three"),
                "a.tsv:2 has 1 columns",
                "a.tsv:5 has 3 columns");
        assertSkips(
                skipping(
                        "csv",
                        files.write("a.csv", "1,\"on\ne\"\n2,\"x\ny\"z\n3,three\n4,\"open\n5,five\n"),
                        List.of("id", "text"),
                        null),
                "text",
                List.of("on\ne", "three"),
                "a.csv:3 is not valid CSV",
                "a.csv:6 is not valid CSV");
    }

    @Test
    void jsonLines() throws IOException {
        assertSkips(
                skipping(
                        "jsonl",
                        files.write(
                                "a.jsonl", "{\"text\": \"one\"}\n{\"text\n{\"t\": 1}\n{\"text\": null}\n{\"text\": 2}"),
                        List.of("text"),
                        null),
                "text",
                List.of("one", "2"),
                "a.jsonl:2 is not valid JSON at column",
                "a.jsonl:3 has no text in field 'text'",
                "a.jsonl:4 has null in field 'text'");
    }

    @Test
    void json() throws IOException {
        assertSkips(
                skipping(
                        "json",
                        files.write("a.json", "{\"d\": [{\"t\": 1}, 2, {\"u\": 3}, {\"t\": 4}]}"),
                        List.of("t"),
                        "d"),
                "t",
                List.of("1", "4"),
                "a.json record 2 is not a JSON object",
                "a.json record 3 has no text in field 't'");
    }

    @Test
    void parquet() {
        assertSkips(
                skipping("parquet", SourceFiles.resource("parquet/types.parquet"), List.of("text"), null),
                "text",
                List.of("eins", ""),
                "types.parquet row 2 has null in field 'text'");
    }

    @Test
    void onlyTheFirstAreKeptAndAllBadIsAnError() throws IOException {
        Path file = files.write("a.jsonl", "{\"text\": 1}\n" + "bad\n".repeat(1000));
        Source source = skipping("jsonl", file, null, null);
        try (ExampleReader reader = source.open(0)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.badRows().toString()).isEmpty();
            assertThat(reader.next()).isNull();
            assertThat(reader.badRows().count()).isEqualTo(1000);
            assertThat(reader.badRows().examples()).hasSize(5);
            assertThat(reader.badRows().toString()).startsWith("1000 bad rows were skipped, the first of them:\n  ");
        }
        assertThatThrownBy(skipping("jsonl", files.write("b.jsonl", "bad\n"), null, null)::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.jsonl holds no good row")
                .hasMessageContaining("b.jsonl:1 is not valid JSON");
    }

    @Test
    void damagedFilesAreErrorsAllTheSame() throws IOException {
        byte[] whole = SourceFiles.gzip("one\n".repeat(1000));
        Path cut = files.write("a.txt.gz", java.util.Arrays.copyOf(whole, whole.length - 4));
        assertThatThrownBy(skipping("lines", cut, null, null)::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot read " + cut);
    }
}
