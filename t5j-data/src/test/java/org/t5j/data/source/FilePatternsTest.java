package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;

/** Names, directories and globs as people write them. */
class FilePatternsTest {
    @TempDir
    Path directory;

    private SourceFiles files;

    @BeforeEach
    void files() {
        files = new SourceFiles(directory);
    }

    private Source lines(String name) {
        return new SourceConfig("lines", List.of(name), null).toSource(directory);
    }

    private void assertError(String name, String... parts) {
        assertThatThrownBy(() -> lines(name)).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }

    @Test
    void aNameThatIsThereIsNoGlob() throws IOException {
        files.write("a[1].txt", "one\n");
        files.write("a1.txt", "two\n");
        files.write("b{1,2}/c.txt", "three\n");
        assertThat(SourceFiles.texts(lines("a[1].txt"))).containsExactly("one");
        assertThat(SourceFiles.texts(lines("a[1-9].txt"))).containsExactly("two");
        assertThat(SourceFiles.texts(lines("b{1,2}"))).containsExactly("three");
        assertThat(SourceFiles.texts(lines("b\\{1,2\\}/*.txt"))).containsExactly("three");
    }

    @Test
    void linksToDirectoriesAboveAreNotFollowedForEver() throws IOException {
        files.write("tree/a.txt", "one\n");
        files.write("tree/deep/b.txt", "two\n");
        Files.createSymbolicLink(directory.resolve("tree/deep/up"), directory.resolve("tree"));
        assertThat(SourceFiles.texts(lines("tree/**.txt"))).containsExactly("one", "two");
        assertThat(SourceFiles.texts(lines("tree/deep/up"))).containsExactly("one");
    }

    @Test
    void aPatternThatIsNoneIsRefused() {
        assertError("[a.txt", "There is no file '[a.txt', and as a pattern it is wrong", "close the bracket");
        assertError("a{b", "as a pattern it is wrong");
        assertError("no/*.txt", "There is no directory " + directory.resolve("no"), "Check the path");
    }

    @Test
    void linksThatLeadNowhereAndDevicesAreRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("gone"));
        assertError("link", "link is a symbolic link that leads to no file", "Mend the link");
        assertError("/dev/null", "/dev/null is a pipe or device", "into a file");
    }

    @Test
    void aFileThatIsGoneWhenItIsReadIsNamed() throws IOException {
        Path file = files.write("a.txt", "one\n");
        Source source = lines("a.txt");
        Files.delete(file);
        assertThatThrownBy(source::readAll)
                .isInstanceOf(DataException.class)
                .hasMessage("There is no file " + file + ". Check the path.");
    }

    @Test
    void whatTheSystemSaysIsSaidInWords() {
        assertThat(TextInput.reason(new AccessDeniedException("a.txt")))
                .isEqualTo("access is denied; change its permissions");
        assertThat(TextInput.reason(new NoSuchFileException("a.txt"))).isEqualTo("it is gone");
        assertThat(TextInput.reason(new FileSystemException("a.txt", null, "Stale file handle")))
                .isEqualTo("Stale file handle");
        assertThat(TextInput.reason(new EOFException())).isEqualTo("it ends too early");
    }

    @Test
    void aDirectoryOrGlobMeansFilesOfOneFormat() throws IOException {
        files.write("mixed/a.jsonl.gz", SourceFiles.gzip("{}"));
        files.write("mixed/b.txt.zst", SourceFiles.zstd("one"));
        assertError("mixed", "'mixed' means files of different formats", "a.jsonl.gz", "b.txt.zst", "glob");
        assertError("mixed/*", "'mixed/*' means files of different formats");
        assertThat(SourceFiles.texts(lines("mixed/b.*"))).containsExactly("one");
        files.write("shards/part.00001", "one\n");
        files.write("shards/part.00002", "two\n");
        files.write("shards/more.txt", "zero\n");
        assertThat(SourceFiles.texts(lines("shards"))).containsExactly("zero", "one", "two");
    }

    @Test
    void syntaxIsNotReadAsText() throws IOException {
        files.write("a.jsonl", "{}\n");
        assertError("a.jsonl", "a.jsonl is by its name jsonl", "format 'lines'", "Set format to jsonl");
        files.write("a.json", "{}\n");
        assertError("a.json", "Set format to json, or jsonl for an object on each line");
        assertThat(SourceConfig.formatOf("x/a.b.JSONL.gz")).isEmpty();
        assertThat(SourceConfig.formatOf("x/a.b.jsonl.gz")).contains("jsonl");
        assertThat(SourceConfig.formatOf("a.parquet")).contains("parquet");
        assertThat(SourceConfig.formatOf("a.txt")).isEmpty();
    }
}
