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
import org.t5j.data.Example;

/** JSON lines and JSON documents: nested values, lists, nulls, paths to columns and records. */
class JsonSourceTest {
    private static final String SQUAD = """
            {"version": "1.1", "data": [
              {"title": "T1", "paragraphs": [
                {"context": "C1", "qas": [
                  {"id": "a", "question": "Qa", "answers": [{"answer_start": 5, "text": "x"}, {"answer_start": 7, "text": "y"}]},
                  {"id": "b", "question": "Qb", "answers": []}]},
                {"context": "C2", "qas": []}]},
              {"title": "T2", "paragraphs": [
                {"qas": [{"id": "c", "question": "Qc", "answers": [{"text": "z", "answer_start": 0}]}], "context": "C3"}]}
            ], "more": {}}
            """;

    @TempDir
    Path directory;

    private SourceFiles files;

    @BeforeEach
    void files() {
        files = new SourceFiles(directory);
    }

    private Source jsonl(String content, String... fields) throws IOException {
        return new JsonlSource(List.of(files.write("a.jsonl", content)), List.of(fields));
    }

    private Source json(String content, String records, String... columns) throws IOException {
        return new JsonSource(List.of(files.write("a.json", content)), records, List.of(columns));
    }

    @Test
    void squadAsItIsDistributed() throws IOException {
        Source source = json(SQUAD, "data.paragraphs.qas", "id", "title", "context", "question", "answers.text");
        List<Example> all = source.readAll();
        assertThat(all).extracting(example -> example.get("id")).containsExactly("a", "b", "c");
        assertThat(all).extracting(example -> example.get("context")).containsExactly("C1", "C1", "C3");
        assertThat(all).extracting(example -> example.get("title")).containsExactly("T1", "T1", "T2");
        assertThat(all)
                .extracting(example -> example.list("answers.text"))
                .containsExactly(List.of("x", "y"), List.of(), List.of("z"));
        assertThat(all.get(2).origin()).endsWith("a.json record 3");
        SourceFiles.assertStartsAnywhere(source);
    }

    @Test
    void withoutColumnsARecordHasAllItsFields() throws IOException {
        Example first = json(SQUAD, "data.paragraphs").readAll().get(0);
        assertThat(first.fields().keySet()).containsExactly("title", "context", "qas");
        assertThat(first.get("qas")).startsWith("[{\"id\":\"a\",");
        assertThat(json("[{\"a\": 1}, {\"a\": 2}]", "").readAll())
                .extracting(e -> e.get("a"))
                .containsExactly("1", "2");
        assertThat(json("{\"a\": [1, 2.50]}", "").readAll().get(0).list("a")).containsExactly("1", "2.50");
    }

    @Test
    void aDocumentThatIsNotAsToldIsNamed() throws IOException {
        assertThatThrownBy(json(SQUAD, "date.paragraphs")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.json has no 'date' on the path to its records, date.paragraphs");
        assertThatThrownBy(json(SQUAD, "data.pages")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no 'pages' on the path");
        assertThatThrownBy(json(SQUAD, "data.title")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.json record 1 is not a JSON object");
        assertThatThrownBy(json(SQUAD.substring(0, SQUAD.length() - 6), "data")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.json is not valid JSON at line")
                .hasMessageContaining("Mend it");
        assertThatThrownBy(json("{\"a\": 1}\n{\"a\": 2", "")::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not valid JSON at line 2");
        for (String several : List.of("{\"a\": 1}\n{\"a\": 2}\n", "[{\"a\": 1}]\n[]")) {
            assertThatThrownBy(json(several, "")::readAll)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a.json goes on at line 2 behind its JSON document")
                    .hasMessageContaining("format: jsonl");
        }
        assertThat(json("{\"a\": [{\"t\": 1}], \"b\": {\"c\": [2]}}\n \n", "a").readAll())
                .hasSize(1);
        assertThatThrownBy(() -> json(SQUAD, "data..qas"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty part");
    }

    @Test
    void c4AsItIsDistributed() throws IOException {
        Source source = new JsonlSource(
                List.of(
                        files.write(
                                "c4-train.00000-of-01024.json.gz",
                                SourceFiles.gzip(
                                        "{\"text\":\"Line\\none\",\"timestamp\":\"2019-04-25T12:57:54Z\",\"url\":\"http://x\"}\n"))),
                List.of("text"));
        assertThat(source.readAll().get(0).fields()).isEqualTo(Map.of("text", "Line\none"));
    }

    @Test
    void nestedValuesListsAndNulls() throws IOException {
        Source all = jsonl(
                "{\"s\": \"x\", \"n\": 1.50, \"l\": [\"a\", 2, true], \"e\": [], \"o\": {\"k\": [1]}, \"m\": [[1]], \"z\": null}");
        Example example = all.readAll().get(0);
        assertThat(example.fields()).isEqualTo(Map.of("s", "x", "n", "1.50", "o", "{\"k\":[1]}", "m", "[[1]]"));
        assertThat(example.lists()).isEqualTo(Map.of("l", List.of("a", "2", "true"), "e", List.of()));
        Source paths = jsonl(
                "{\"answers\": {\"text\": [\"a\"], \"n\": 3}, \"deep\": {\"er\": {\"x\": 1}}, \"a.b\": \"dot\"}",
                "answers.text",
                "answers.n",
                "deep.er",
                "a.b");
        assertThat(paths.readAll().get(0).lists()).isEqualTo(Map.of("answers.text", List.of("a")));
        assertThat(paths.readAll().get(0).fields())
                .isEqualTo(Map.of("answers.n", "3", "deep.er", "{\"x\":1}", "a.b", "dot"));
    }

    @Test
    void badValuesAreNamedWithTheirField() throws IOException {
        Map<String, String> problems = Map.of(
                "{\"a\": null}", "a.jsonl:1 has null in field 'a'",
                "{\"a\": [1, null]}", "a.jsonl:1 has null in the list 'a'",
                "{\"a\": 1, \"a\": 2}", "a.jsonl:1 has the field 'a' twice",
                "{\"b\": 1}", "a.jsonl:1 has no text in field 'a' (it has [b])");
        for (Map.Entry<String, String> problem : problems.entrySet()) {
            assertThatThrownBy(jsonl(problem.getKey(), "a")::readAll)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(problem.getValue())
                    .hasMessageContaining("Mend the row");
        }
        assertThatThrownBy(jsonl("{\"a\": 1, \"a\": 2}")::readAll).hasMessageContaining("'a' twice");
        assertThatThrownBy(jsonl("{\"a\": [{\"b\": 1}, 2]}", "a.b")::readAll)
                .hasMessageContaining("whose elements are not all objects");
        assertThatThrownBy(jsonl("{\"a\": [{\"b\": 1}, {\"c\": 2}]}", "a.b")::readAll)
                .hasMessageContaining("a.jsonl:1 has an array where not every element has 'a.b' once");
        assertThatThrownBy(jsonl("{\"a\": 1}", "a.b")::readAll).hasMessageContaining("no text in field 'a.b'");
        assertThatThrownBy(() -> jsonl("{}", "a", "a")).hasMessageContaining("'a' occurs twice");
        assertThatThrownBy(() -> jsonl("{}", "a.b", "a")).hasMessageContaining("'a' holds 'a.b'");
    }
}
