package org.t5j.data.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Tasks from configuration files: templates over columns, labels, steps, choices, and what is refused. */
class TaskConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /** JSON with single quotes. */
    private static TaskConfig config(String json) {
        try {
            return JSON.readValue(json.replace('\'', '"'), TaskConfig.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof DataException refused) {
                throw refused;
            }
            throw new AssertionError(e);
        }
    }

    private Task task(String rows, String json) throws IOException {
        Files.writeString(directory.resolve("rows.tsv"), rows);
        TaskConfig config = config("{'name': 't', 'format': 'tsv', 'train': ['rows.tsv'], " + json + "}");
        assertThat(JSON.readValue(JSON.writeValueAsString(config), TaskConfig.class))
                .as("written and read again")
                .isEqualTo(config);
        return config.toTask(directory);
    }

    @Test
    void templatesMakeInputsAndTargetsOfColumns() throws IOException {
        Task task = task("A dog.\tEin Hund.\n", """
                'columns': ['en', 'de'], 'inputs': 'translate English to German: {en}', 'targets': '{{{de}}}'""");
        Example example = task.examples(Task.TRAIN).get(0);
        assertThat(example.inputs()).isEqualTo("translate English to German: A dog.");
        assertThat(example.targets()).isEqualTo("{Ein Hund.}");
        assertThat(example.get("de")).as("columns are kept for metrics").isEqualTo("Ein Hund.");
    }

    @Test
    void columnsMayBeCalledInputsAndTargets() throws IOException {
        Task task = task("a\tb\n", """
                'columns': ['inputs', 'targets'], 'inputs': 'x {targets}', 'targets': '{inputs}'""");
        assertThat(task.examples(Task.TRAIN).get(0).inputs()).isEqualTo("x b");
        assertThat(task.examples(Task.TRAIN).get(0).targets()).isEqualTo("a");
    }

    @Test
    void stepsLabelsPrefixAndPostprocessingRunInThisOrder() throws IOException {
        Task task = task(" Good Film \tP\n", """
                'columns': ['text', 'label'], 'inputs': '{text}', 'targets': 'It is {label}', 'prefix': 'RATE: ',
                'preprocess': ['strip', 'lower'], 'labels': {'n': 'BAD', 'p': 'GOOD'}, 'postprocess': ['lower']""");
        Example example = task.examples(Task.TRAIN).get(0);
        assertThat(example.inputs()).isEqualTo("RATE: good film");
        assertThat(example.targets()).isEqualTo("It is GOOD");
        assertThat(task.score(List.of(example), List.of("it IS good"))).containsEntry("accuracy", 100.0);
    }

    @Test
    void choicesAreTemplatesToo() throws IOException {
        Task task = task("Rain.\tI got wet\tI was dry\tI got wet\n", """
                'columns': ['premise', 'choice1', 'choice2', 'answer'], 'input': 'premise', 'target': 'answer',
                'choices': ['{choice1}', '{choice2}']""");
        assertThat(task.hasChoices()).isTrue();
        Example example = task.examples(Task.TRAIN).get(0);
        assertThat(task.choices(example)).containsExactly("I got wet", "I was dry");
        assertThatThrownBy(() -> task.choices(example.with(Example.TARGETS, "neither")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has the target 'neither' and the choices [I got wet, I was dry]");
        assertThat(task("a\tb\n", "'columns': ['input', 'target']").hasChoices())
                .isFalse();
    }

    @Test
    void badRowsAreSkippedAndToldWhereThatIsChosen() throws IOException {
        String rows = "a\tb\nalone\nc\td\n";
        Task strict = task(rows, "'columns': ['input', 'target']");
        assertThatThrownBy(() -> strict.examples(Task.TRAIN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows.tsv:2");
        Task lenient = task(rows, "'columns': ['input', 'target'], 'onBadRow': 'SKIP'");
        List<String> told = new ArrayList<>();
        assertThat(lenient.examples(Task.TRAIN, 10, skipped -> told.add(skipped.toString())))
                .hasSize(2);
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("1 bad row was skipped", "rows.tsv:2");
        assertThat(lenient.examples(Task.TRAIN, 1, skipped -> told.add(skipped.toString())))
                .hasSize(1);
    }

    @Test
    void headersNameTheColumnsOfTables() throws IOException {
        Task task = task("en\tde\nA dog.\tEin Hund.\n", "'header': true, 'inputs': '{en}', 'targets': '{de}'");
        assertThat(task.examples(Task.TRAIN)).extracting(Example::targets).containsExactly("Ein Hund.");
        Task wrong = task("en\tde\nA dog.\tEin Hund.\n", "'header': true, 'inputs': '{en}', 'targets': '{fr}'");
        assertThatThrownBy(() -> wrong.examples(Task.TRAIN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows.tsv:2 has no column 'fr' for \"{fr}\"; its columns are [en, de]");
    }

    @Test
    void fieldsOfJsonLinesAreThoseThatTheTaskNames() {
        TaskConfig config = config("{'name': 't', 'format': 'jsonl', 'inputs': '{q} {c}', 'targets': '{a}',"
                + " 'choices': ['{b}', '{a}']}");
        assertThat(config.columns()).containsExactly("q", "c", "a", "b");
        assertThat(config.input()).isNull();
    }

    @Test
    void mistakesNameTheTaskAndTheRemedy() {
        refused(
                "'columns': ['a', 'b'], 'inputs': '{c}', 'target': 'b'",
                "Task 't' takes 'c', but its columns are [a, b]");
        refused("'columns': ['a', 'b'], 'inputs': 'a', 'target': 'b'", "the template \"a\", which names no column");
        refused("'columns': ['a', 'b'], 'inputs': '{a', 'target': 'b'", "\"{a\" has a brace without its partner");
        refused("'columns': ['a', 'b'], 'input': 'a', 'inputs': '{a}'", "has both 'input', a column, and 'inputs'");
        refused("'columns': ['input', 'target'], 'postprocess': ['lowr']", "no text step named 'lowr'. Did you mean");
        refused("'columns': ['input', 'target'], 'choices': ['a']", "has a single choice");
        refused("'columns': ['input', 'target'], 'choices': ['a', '{x}']", "takes 'x'");
        refused(
                "'columns': ['a', 'b'], 'input': 'a', 'targets': '{a} {b}', 'labels': {'1': 'x'}",
                "name the values of one column, but its targets \"{a} {b}\" have 2");
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> config("{'name': 't', 'format': 'tsv', " + json + "}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aValueWithoutALabelSaysWhereItStands() throws IOException {
        Task task = task("a\t1\nb\t2\n", "'columns': ['input', 'target'], 'labels': {'0': 'no', '1': 'yes'}");
        assertThatThrownBy(() -> task.examples(Task.TRAIN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows.tsv:2 has '2' in column 'target', but only [0, 1] have names");
    }
}
