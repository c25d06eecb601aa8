package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data damaged in every way that people meet, in every format of text: {@code pretrain}, {@code finetune} and {@code
 * evaluate} end with one paragraph that names file, place and remedy, and leave nothing behind.
 */
class DamagedDataTest {
    private static final Path PARQUET = Path.of("../t5j-data/src/test/resources/parquet/types.parquet");

    @TempDir
    static Path models;

    private static Path model;

    @TempDir
    Path directory;

    private Path run;

    @BeforeAll
    static void makeModel() {
        model = SmallModel.directory(models);
    }

    @BeforeEach
    void nameRun() {
        run = directory.resolve("run");
    }

    private Path write(String name, byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes.toByteArray());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(utf8(text));
        }
        return bytes.toByteArray();
    }

    private static String[] command(String... parts) {
        return parts;
    }

    private Cli.Result run(String command, String data) {
        Path config = SmallModel.write(directory.resolve("config.yaml"), "data: " + data + "\n");
        String[] where = command.equals("evaluate")
                ? command("--checkpoint", model.toString())
                : command("--output", run.toString(), "--tokenizer", model.resolve("spiece.model") + "");
        String[] settings = {
            "--config",
            config.toString(),
            "--set",
            SmallModel.SHAPE,
            "--set",
            "logging.progress=false",
            "--set",
            "objective.inputLength=16",
            "--set",
            "optim.totalSteps=1",
            "--set",
            "data.batchSize=2"
        };
        Object[] all = new Object[1 + where.length + settings.length];
        all[0] = command;
        System.arraycopy(where, 0, all, 1, where.length);
        System.arraycopy(settings, 0, all, 1 + where.length, settings.length);
        return Cli.run(all);
    }

    /** All three commands refuse the files, which are named as in YAML. */
    private void assertRefused(DataFormat format, String files, String... parts) {
        assertRefused(run("pretrain", format.corpus(files)), parts);
        assertRefused(run("finetune", format.task("train", files)), parts);
        assertRefused(run("evaluate", format.task("test", files)), parts);
    }

    private void assertRefused(Cli.Result result, String... parts) {
        assertThat(result.code()).as(result.err()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("t5j: ")
                .hasLineCount(1)
                .contains(parts)
                .doesNotContain("Exception", "fault of t5j");
        assertThat(result.out()).isEmpty();
        assertThat(run).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void cutInTheMiddleOfGzip(DataFormat format) throws IOException {
        byte[] whole = gzip(format.rows(3000));
        Path file = write("a." + format.ending + ".gz", Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                format, file.toString(), "Cannot read " + file + " after line ", "cut off", "fetch or write it again");
    }

    @ParameterizedTest
    @EnumSource
    void badUtf8(DataFormat format) throws IOException {
        String[] row = format.row("|").split("\\|");
        Path file = write("a." + format.ending, utf8(format.rows(3) + row[0]), new byte[] {(byte) 0xF6}, utf8(row[1]));
        assertRefused(
                format, file.toString(), file + ":4 is not UTF-8 (column ", "byte F6", "iconv -f LATIN1 -t UTF-8");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "lines")
    void missingColumn(DataFormat format) throws IOException {
        Path file = write("a." + format.ending, utf8(format.rows(3) + format.rowWithoutLabel()));
        assertRefused(format, file.toString(), file + ":4 has ", "label", "Mend the ");
    }

    @ParameterizedTest
    @EnumSource
    void emptyAndBlank(DataFormat format) throws IOException {
        Path empty = write("a." + format.ending);
        assertRefused(format, empty.toString(), empty + " is empty (0 bytes)", "Write it again");
        Path blank = write("b." + format.ending, utf8("\n  \n"));
        assertRefused(format, blank.toString(), blank + " holds no examples", "Check that it is the right file");
    }

    @ParameterizedTest
    @EnumSource
    void binary(DataFormat format) throws IOException {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        Path file = write("a." + format.ending, noise);
        assertRefused(
                format, file.toString(), "Cannot read " + file, "holds binary data, not text", "Name a text file");
    }

    @ParameterizedTest
    @EnumSource
    void wrongExtension(DataFormat format) throws IOException {
        Path packed = write("a." + format.ending, gzip(format.rows(3)));
        assertRefused(format, packed.toString(), packed + ": it holds gzip data", "Give it a name that ends with .gz");
        Path plain = write("b." + format.ending + ".gz", utf8(format.rows(3)));
        assertRefused(format, plain.toString(), plain + ": by its name it is gzip", "Rename it");
        Path zstd = write("c." + format.ending + ".zst", utf8(format.rows(3)));
        assertRefused(format, zstd.toString(), zstd + ": by its name it is zstd", "Rename it");
    }

    @ParameterizedTest
    @EnumSource
    void hugeLine(DataFormat format) throws IOException {
        Path file = write("a." + format.ending, utf8(format.rows(3) + "x".repeat(100_000)));
        assertRefused(format, file.toString(), file + ":4 is longer than 1000 bytes", "raise maxRowBytes");
    }

    @ParameterizedTest
    @EnumSource
    void nuls(DataFormat format) throws IOException {
        Path file = write("a." + format.ending, utf8(format.rows(3) + format.row("\0")));
        assertRefused(format, file.toString(), file + ":4 has a NUL (column ", "tr -d '\\000'");
    }

    @ParameterizedTest
    @EnumSource
    void duplicates(DataFormat format) throws IOException {
        Path file = write("a." + format.ending, utf8(format.rows(3)));
        assertRefused(format, file + ", " + file, file + " is named twice", "Name it once");
        assertRefused(format, file + ", " + directory + "/*." + format.ending, file + " is named twice");
        Files.createSymbolicLink(directory.resolve("link"), file);
        assertRefused(format, file + ", " + directory + "/link", "is named twice");
    }

    @ParameterizedTest
    @EnumSource
    void directories(DataFormat format) throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        assertRefused(format, empty.toString(), "The directory " + empty + " has no files", "Name one that has");
        write("mixed/a.txt", utf8("one"));
        write("mixed/b.jsonl", utf8("{}"));
        assertRefused(
                format,
                directory + "/mixed",
                "/mixed' means files of different formats",
                "a.txt",
                "b.jsonl",
                "by a glob");
    }

    @ParameterizedTest
    @EnumSource
    void utf16(DataFormat format) throws IOException {
        Path file = write("a." + format.ending, format.rows(3).getBytes(StandardCharsets.UTF_16));
        assertRefused(format, file.toString(), file + ": it holds UTF-16 text, not UTF-8", "iconv -f UTF-16 -t UTF-8");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFile(DataFormat format) throws Exception {
        assertRefused(format, directory + "/no.txt", "There is no file " + directory + "/no.txt", "Check the path");
        assertRefused(format, directory + "/*.nothing", "No file matches '*.nothing'", "Check the pattern");
        assertRefused(format, directory + "/no/*.txt", "There is no directory " + directory + "/no", "Check the path");
        assertRefused(format, "'" + directory + "/[a.txt'", "as a pattern it is wrong", "close the bracket");
        Files.createSymbolicLink(directory.resolve("loop1"), directory.resolve("loop2"));
        Files.createSymbolicLink(directory.resolve("loop2"), directory.resolve("loop1"));
        assertRefused(format, directory + "/loop1", "/loop1 is a symbolic link that leads to no file", "Mend the link");
        assertRefused(format, "/dev/null", "/dev/null is a pipe or device", "into a file and name that");
    }

    @Test
    void aPipeIsRefusedWithoutWaitingForIt() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");
        assertRefused(DataFormat.lines, pipe.toString(), pipe + " is a pipe or device", "into a file and name that");
    }

    @Test
    void unreadable() throws IOException {
        Path file = write("a.txt", utf8("one"));
        assertThat(file.toFile().setReadable(false)).isTrue();
        assumeFalse(Files.isReadable(file), "root reads everything");
        assertRefused(DataFormat.lines, file.toString(), file + " may not be read", "Change its permissions");
    }

    @Test
    void brokenRecords() throws IOException {
        Path comma = write("a.jsonl", utf8(DataFormat.jsonl.rows(3) + DataFormat.jsonl.row("x") + ",\n"));
        assertRefused(
                DataFormat.jsonl,
                comma.toString(),
                comma + ":4 is not valid JSON at column ",
                "one object {…} on each line");
        Path quote = write("a.csv", utf8(DataFormat.csv.rows(3) + "\"open,1\n" + DataFormat.csv.rows(3)));
        assertRefused(DataFormat.csv, quote.toString(), quote + ":4 is not valid CSV", "its own marks doubled");
        Path unclosed = write("b.csv", utf8(DataFormat.csv.rows(3) + "\"open,1\n"));
        assertRefused(DataFormat.csv, unclosed.toString(), unclosed + ":4 ", "quot");
        Path garbage = write("b.jsonl", utf8("x".repeat(900) + "\n"));
        Cli.Result result = run("pretrain", DataFormat.jsonl.corpus(garbage.toString()));
        assertRefused(result, garbage + ":1 is not valid JSON");
        assertThat(result.err()).hasSizeLessThan(400);
    }

    @Test
    void severalDocumentsWhereOneIsDue() throws IOException {
        Path file = write("a.json", utf8(DataFormat.jsonl.rows(3)));
        assertRefused(
                run("pretrain", "{format: json, files: [" + file + "]}"),
                file + " goes on at line 2 behind its JSON document",
                "format: jsonl");
    }

    @Test
    void jsonIsNotTakenForText() throws IOException {
        Path file = write("a.jsonl.gz", gzip(DataFormat.jsonl.rows(3)));
        assertRefused(
                run("pretrain", "{files: [" + file + "]}"),
                file + " is by its name jsonl, but format 'documents' would read its syntax as text",
                "Set format to jsonl");
        Cli.Result result = Cli.run(
                "pretrain",
                "--output",
                run,
                "--tokenizer",
                model.resolve("spiece.model"),
                "--train",
                file,
                "--set",
                SmallModel.SHAPE,
                "--set",
                "logging.progress=false",
                "--set",
                "objective.inputLength=16",
                "--set",
                "optim.totalSteps=1",
                "--set",
                "data.batchSize=2");
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void parquet() throws IOException {
        assumeTrue(Files.exists(PARQUET));
        byte[] whole = Files.readAllBytes(PARQUET);
        Path file = write("a.parquet", whole);
        assertRefused(
                run("pretrain", "{format: parquet, files: [" + file + "], field: body}"),
                file + " has no column 'body' (it has [text, flag,",
                "Name one of those");
        assertRefused(
                run("pretrain", "{format: parquet, files: [" + file + "]}"),
                file + " row 2 has null in field 'text'",
                "onBadRow: SKIP");
        assertRefused(
                run("pretrain", "{format: parquet, files: [" + file + "], field: tags}"), file + " row ", "'tags'");
        Path cut = write("b.parquet", Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                run("pretrain", "{format: parquet, files: [" + cut + "]}"), "Cannot read " + cut, "cut off", "fetch");
        Path hole = write(
                "c.parquet",
                Arrays.copyOf(whole, 40),
                new byte[whole.length - 80],
                Arrays.copyOfRange(whole, whole.length - 40, whole.length));
        assertRefused(
                run("pretrain", "{format: parquet, files: [" + hole + "]}"), "Cannot read " + hole, "fetch or write");
        Path text = write("d.parquet", utf8("text\n"));
        assertRefused(
                run("pretrain", "{format: parquet, files: [" + text + "]}"),
                "Cannot read " + text + ": it is not Parquet",
                "Name the format that it has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a space.tsv", "with[1]{a}.tsv", "ümläut.tsv"})
    void namesMayHaveAnyCharacters(String name) throws IOException {
        Path file = write(name, utf8(DataFormat.tsv.rows(4)));
        Cli.Result result = run("finetune", DataFormat.tsv.task("train", "'" + file + "'"));
        assertThat(result.code()).as(result.err()).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "lines")
    void optionsTakeTheFormatFromTheName(DataFormat format) throws IOException {
        Path file = write("a." + format.ending + ".gz", gzip(format.rows(4)));
        Cli.Result result = Cli.run(
                "evaluate",
                "--checkpoint",
                model,
                "--test",
                file,
                "--columns",
                "text,label",
                "--input-column",
                "text",
                "--target-column",
                "label",
                "--target-length",
                4);
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoDamage() throws IOException {
        String rows = DataFormat.jsonl.rows(4).replace("\n", "\r\n");
        Path file = write("a.jsonl", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, utf8(rows));
        Cli.Result result = run("finetune", DataFormat.jsonl.task("train", file.toString()));
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void theNextAttemptIsNotBlocked() throws IOException {
        Path file = write("a.tsv", utf8("alone\n"));
        assertRefused(run("finetune", DataFormat.tsv.task("train", file.toString())), "a.tsv:1");
        write("a.tsv", utf8(DataFormat.tsv.rows(4)));
        Cli.Result result = run("finetune", DataFormat.tsv.task("train", file.toString()));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(List.of("config.yaml", "log.jsonl", "checkpoints"))
                .allMatch(name -> Files.exists(run.resolve(name)));
    }
}
