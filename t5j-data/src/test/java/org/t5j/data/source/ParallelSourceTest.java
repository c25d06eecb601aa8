package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Two files of lines side by side. */
class ParallelSourceTest {
    @TempDir
    Path directory;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    private static ParallelSource source(Path... files) {
        return ParallelSource.byLanguage(List.of(files), "en", "de", RowRules.DEFAULT);
    }

    private static List<String> pairs(Source source, long position) {
        try (ExampleReader reader = source.open(position)) {
            return IntStream.range(0, 10)
                    .mapToObj(i -> reader.next())
                    .takeWhile(example -> example != null)
                    .map(example -> example.get("en") + "=" + example.get("de"))
                    .toList();
        }
    }

    @Test
    void linesArePairedAcrossFilesAndBlankSidesPassedOver() throws IOException {
        ParallelSource source = source(
                file("a.en", "one", "", "two"),
                file("b.en", "three", "four"),
                file("a.de", "eins", "ohne", "zwei"),
                file("b.de", "drei", " "));
        assertThat(pairs(source, 0)).containsExactly("one=eins", "two=zwei", "three=drei");
        assertThat(pairs(source, 2)).containsExactly("three=drei");
        assertThat(source.files()).hasSize(4);
        try (ExampleReader reader = source.open(0)) {
            reader.next();
            Example second = reader.next();
            assertThat(second.origin()).endsWith("a.en:3");
            assertThat(reader.position()).isEqualTo(2);
        }
    }

    @Test
    void filesOfDifferentLengthsAreAnError() throws IOException {
        Path english = file("a.en", "one", "two", "three");
        Path german = file("a.de", "eins", "zwei");
        assertThatThrownBy(() -> pairs(source(english, german), 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.en:3 has no partner: " + german + " ends before it");
        Path longer = file("b.de", "eins", "zwei", "drei", "vier");
        assertThatThrownBy(() -> pairs(source(english, longer), 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.de:4 has no partner: " + english + " ends before it");
    }

    @Test
    void filesMustSayTheirLanguageAndHaveAPartner() throws IOException {
        Path english = file("a.en", "one");
        assertThatThrownBy(() -> source(english, file("a.txt", "eins")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.txt is neither in 'en' nor in 'de'");
        assertThatThrownBy(() -> source(english))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There are 1 files of 'en'")
                .hasMessageContaining("and 0 of 'de'");
    }
}
