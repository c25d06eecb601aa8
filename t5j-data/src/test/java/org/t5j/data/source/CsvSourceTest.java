package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;

/** RFC 4180, with names from a header or declared; TSV's header too. */
class CsvSourceTest {
    @TempDir
    Path directory;

    private SourceFiles files;

    @BeforeEach
    void files() {
        files = new SourceFiles(directory);
    }

    private Source csv(String content, String... columns) throws IOException {
        return new CsvSource(
                List.of(files.write("a.csv", content)), List.of(columns), columns.length == 0, RowRules.DEFAULT);
    }

    @Test
    void quotedFieldsHoldCommasLineEndsAndMarks() throws IOException {
        Source source =
                csv("id,text\r\n1,\"a,\"\"b\"\"\r\n\r\nc\"\r\n\r\n2,\r\n\"3\",5\" pipe \"x\"\n4, \"spaced\" \n");
        assertThat(source.readAll())
                .extracting(example -> example.fields())
                .containsExactly(
                        Map.of("id", "1", "text", "a,\"b\"\n\nc"),
                        Map.of("id", "2", "text", ""),
                        Map.of("id", "3", "text", "5\" pipe \"x\""),
                        Map.of("id", "4", "text", " \"spaced\" "));
        assertThat(source.readAll())
                .extracting(example -> example.origin().replaceAll(".*:", ""))
                .containsExactly("2", "6", "7", "8");
        SourceFiles.assertStartsAnywhere(source);
    }

    @Test
    void everyFileHasItsHeader() throws IOException {
        List<Path> both = List.of(files.write("a.csv", "x,y\n1,2\n"), files.write("b.csv", "\n\"x\",y\n3,4\n"));
        Source source = new CsvSource(both, List.of("x", "y"), true, RowRules.DEFAULT);
        assertThat(source.readAll()).extracting(example -> example.get("x")).containsExactly("1", "3");
        SourceFiles.assertStartsAnywhere(source);
        Source tsv = new TsvSource(List.of(files.write("a.tsv", "x\ty\n1\t\"2\n")), List.of(), true, RowRules.DEFAULT);
        assertThat(tsv.readAll().get(0).fields()).isEqualTo(Map.of("x", "1", "y", "\"2"));
    }

    @Test
    void theHeaderAgreesWithTheDeclarationAndTheOtherFiles() throws IOException {
        Path first = files.write("a.csv", "x,y\n1,2\n");
        assertThatThrownBy(new CsvSource(List.of(first), List.of("x", "z"), true, RowRules.DEFAULT)::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv:1 names the columns [x, y], but the declaration")
                .hasMessageContaining("[x, z]");
        Path second = files.write("b.csv", "y,x\n1,2\n");
        assertThatThrownBy(new CsvSource(List.of(first, second), List.of(), true, RowRules.DEFAULT)::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.csv:1 names the columns [y, x], but");
        assertThatThrownBy(() -> new CsvSource(List.of(first), List.of(), false, RowRules.DEFAULT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("header: true");
    }

    @Test
    void brokenRecordsAreNamed() throws IOException {
        assertThatThrownBy(csv("1,2\n3,\"4\n5,6\n", "x", "y")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv:2 is not valid CSV")
                .hasMessageContaining("quotation marks");
        assertThatThrownBy(csv("1,2\n\"3\"4,5\n", "x", "y")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv:2 is not valid CSV");
        assertThatThrownBy(csv("1,2\n\n1,2,3\n", "x", "y")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv:3 has 3 columns, but 2 are declared: [x, y]");
    }
}
