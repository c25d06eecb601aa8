package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Reading of all file formats, plain and gzip; starting anywhere; errors that name file, line and remedy. */
class SourceTest {
    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        if (name.endsWith(".gz")) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(content.getBytes(StandardCharsets.UTF_8));
            }
        } else {
            Files.writeString(file, content);
        }
        return file;
    }

    @Test
    void linesComeFromPlainAndGzipFilesAlike() throws IOException {
        Source source = new LineSource(List.of(
                file("a.txt", "\uFEFFone\r\n\n  \ntwö  \nthree"), file("b.txt.gz", "four\n"), file("c.txt", "\n")));
        assertThat(SourceFiles.texts(source)).containsExactly("one", "twö  ", "three", "four");
        assertThat(source.readAll().get(3).origin()).endsWith("b.txt.gz:1");
        SourceFiles.assertStartsAnywhere(source);
    }

    @Test
    void documentsAreSeparatedByBlankLines() throws IOException {
        Source source = new DocumentSource(List.of(
                file("a.txt", "\n\nfirst\nsecond\n\n\nthird\n"), file("b.txt", "\nx\n"), file("c.txt", "y\nz")));
        assertThat(SourceFiles.texts(source)).containsExactly("first\nsecond", "third", "x", "y\nz");
        assertThat(source.readAll().get(1).origin()).endsWith("a.txt:7");
        SourceFiles.assertStartsAnywhere(source);
    }

    @Test
    void tsvColumnsBecomeFields() throws IOException {
        Source source = new TsvSource(List.of(file("a.tsv", "1\tgood\n0\t\n")), List.of("label", "text"));
        assertThat(source.readAll().get(0).fields()).isEqualTo(Map.of("label", "1", "text", "good"));
        assertThat(source.readAll().get(1).get("text")).isEmpty();
        SourceFiles.assertStartsAnywhere(source);
    }

    @Test
    void aTsvRowWithTheWrongNumberOfColumnsIsNamed() throws IOException {
        Source source = new TsvSource(List.of(file("a.tsv", "1\tgood\n\n0\tbad\tworse\n")), List.of("label", "text"));
        assertThatThrownBy(source::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.tsv:3 has 3 columns, but 2 are declared: [label, text]");
    }

    @Test
    void jsonFieldsBecomeText() throws IOException {
        Source source = new JsonlSource(
                List.of(file("a.jsonl", "{\"q\": \"a\\tb\", \"n\": 3, \"o\": []}\n{\"n\": true, \"q\": \"\"}\n")),
                List.of("q", "n"));
        assertThat(source.readAll().get(0).fields()).isEqualTo(Map.of("q", "a\tb", "n", "3"));
        assertThat(source.readAll().get(1).fields()).isEqualTo(Map.of("q", "", "n", "true"));
        SourceFiles.assertStartsAnywhere(source);
    }

    @Test
    void aMissingJsonFieldIsNamed() throws IOException {
        Source source = new JsonlSource(List.of(file("a.jsonl", "{\"q\": \"a\"}\n{\"p\": \"b\"}\n")), List.of("q"));
        assertThatThrownBy(source::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.jsonl:2 has no text in field 'q' (it has [p])");
    }

    @Test
    void brokenJsonIsNamed() throws IOException {
        for (String broken : List.of("{\"q\": ", "[1]", "{\"q\": \"a\"} {\"q\": \"b\"}", "plain text")) {
            Source source = new JsonlSource(List.of(file("a.jsonl", broken + "\n")), List.of("q"));
            assertThatThrownBy(source::readAll)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a.jsonl:1 is not")
                    .hasMessageContaining("one object {…} on each line");
        }
    }

    @Test
    void textThatIsNotUtf8IsNamed() throws IOException {
        Path file = directory.resolve("latin.txt");
        Files.write(file, new byte[] {'o', 'k', '\n', 'n', (byte) 0xF6, '\n'});
        assertThatThrownBy(new LineSource(List.of(file))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("latin.txt:2 is not UTF-8")
                .hasMessageContaining("iconv");
    }

    @Test
    void anEmptyCorpusIsAnError() throws IOException {
        Path empty = file("empty.txt", "\n\n");
        assertThatThrownBy(new LineSource(List.of(empty))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(empty + " holds no examples");
        assertThatThrownBy(new LineSource(List.of(empty, empty))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(empty + ", " + empty + " holds no examples");
        assertThatThrownBy(new LineSource(List.of())::readAll).isInstanceOf(DataException.class);
        assertThatThrownBy(Source.of(List.of())::readAll).isInstanceOf(DataException.class);
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(new LineSource(List.of(directory.resolve("nowhere.txt")))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no file")
                .hasMessageContaining("nowhere.txt");
        assertThatThrownBy(new LineSource(List.of(directory))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not a file");
    }

    @Test
    void aDamagedGzipFileIsAnError() throws IOException {
        Path whole = file("whole.txt.gz", "a line that is long enough to be cut\n".repeat(100));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut.txt.gz");
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Path plain = file("plain.txt", "not gzip");
        Path disguised = Files.move(plain, directory.resolve("plain.gz"));
        for (Path damaged : List.of(cut, disguised)) {
            assertThatThrownBy(new LineSource(List.of(damaged))::readAll)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Cannot read " + damaged);
        }
    }

    @Test
    void examplesInMemoryAreASource() {
        assertStartsAnywhereInMemory(Source.of(List.of(Example.of("a", "b"), Example.of("c", "d"))));
    }

    private static void assertStartsAnywhereInMemory(Source source) {
        try (ExampleReader reader = source.open(1)) {
            assertThat(reader.next().inputs()).isEqualTo("c");
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void globsAreSortedAndPlainNamesKeepTheirOrder() throws IOException {
        Files.createDirectories(directory.resolve("sub/deep"));
        file("b.txt", "b");
        file("a.txt", "a");
        file("c.tsv", "c");
        file("sub/d.txt", "d");
        file("sub/deep/e.txt", "e");
        assertThat(names("b.txt", "*.txt")).containsExactly("b.txt", "a.txt", "b.txt");
        assertThat(names("sub/*.txt")).containsExactly("d.txt");
        assertThat(names("*/*/?.txt")).containsExactly("e.txt");
        assertThat(names("sub/**.txt")).containsExactly("d.txt", "e.txt");
        assertThat(names("[ac].{txt,tsv}")).containsExactly("a.txt", "c.tsv");
        assertThat(names(directory + "/sub/d*")).containsExactly("d.txt");
        assertThatThrownBy(() -> names("*.json"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("No file matches '*.json'");
        assertThatThrownBy(() -> names("nowhere/*.txt"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no directory");
    }

    private List<String> names(String... patterns) {
        return FilePatterns.resolve(directory, List.of(patterns)).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }
}
