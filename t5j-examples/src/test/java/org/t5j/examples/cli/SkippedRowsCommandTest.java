package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code onBadRow: skip}, people are told what was skipped: on standard error, and in the run's log. */
class SkippedRowsCommandTest {
    @TempDir
    Path directory;

    private record Told(Cli.Result result, String messages) {}

    /** The log on standard error belongs to the JVM, not to the command. */
    private static Told run(Object... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Cli.Result result = Cli.run(arguments);
            assertThat(result.code()).as(result.err()).isZero();
            return new Told(result, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    private List<JsonNode> logged(Path run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.get("type").asText().equals("bad_rows")) {
                lines.add(entry);
            }
        }
        return lines;
    }

    private Path config(String data) {
        return SmallModel.write(directory.resolve("run.yaml"), """
                model: {preset: tiny, vocabSize: 140, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}
                tokenizer: {file: spiece.model}
                objective: {inputLength: 16}
                optim: {totalSteps: 1}
                logging: {progress: false}
                data:
                """ + data.indent(2));
    }

    @Test
    void inPreTrainingAndItsEvaluation() throws IOException {
        SmallModel.vocabulary(directory);
        SmallModel.write(
                directory.resolve("corpus.jsonl"), "{\"text\": \"the king of a house\"}\n".repeat(9) + "{\n{}\n");
        SmallModel.write(directory.resolve("held.jsonl"), "{\"text\": \"the king of a house\"}\nking\n");
        Path config = config("""
                batchSize: 2
                format: jsonl
                onBadRow: skip
                files: [corpus.jsonl]
                validationFiles: [held.jsonl]
                """);
        Path run = directory.resolve("run");
        Told trained = run("pretrain", "--config", config, "--output", run);
        assertThat(trained.messages())
                .containsOnlyOnce("Of corpus, 2 bad rows were skipped, the first of them:")
                .contains("corpus.jsonl:10 is not valid JSON", "corpus.jsonl:11 has no text in field 'text'")
                .containsOnlyOnce("Of validation, 1 bad row was skipped:")
                .contains("held.jsonl:2 is not valid JSON");
        assertThat(logged(run)).hasSize(2);
        assertThat(logged(run).get(0).get("data").asText()).isEqualTo("corpus");
        assertThat(logged(run).get(0).get("step").asInt()).isZero();
        assertThat(logged(run).get(0).get("count").asInt()).isEqualTo(2);
        assertThat(logged(run).get(0).get("examples").get(1).asText()).contains("corpus.jsonl:11 has no text");
        assertThat(logged(run).get(1).get("data").asText()).isEqualTo("validation");

        run("pretrain", "--output", run, "--resume", "--set", "optim.totalSteps=2");
        assertThat(logged(run)).extracting(line -> line.get("step").asInt()).containsExactly(0, 0, 1, 1);

        assertThat(run("evaluate", "--checkpoint", run).messages())
                .containsOnlyOnce("Of validation, 1 bad row was skipped:")
                .doesNotContain("Of corpus");
    }

    @Test
    void inFineTuningAndItsEvaluation() throws IOException {
        SmallModel.vocabulary(directory);
        SmallModel.write(directory.resolve("a.tsv"), "the king\tking\nalone\n".repeat(7));
        SmallModel.write(directory.resolve("b.tsv"), "the king\tking\na\tb\tc\n");
        Path config = config("""
                batchSize: 2
                tasks:
                  - {name: t, format: tsv, columns: [input, target], onBadRow: skip, train: [a.tsv], validation: [b.tsv]}
                """);
        Path run = directory.resolve("run");
        Told trained = run("finetune", "--config", config, "--output", run);
        assertThat(trained.messages())
                .containsOnlyOnce("Of t-train, 7 bad rows were skipped, the first of them:")
                .contains("a.tsv:2 has 1 columns", "a.tsv:10 has 1 columns")
                .doesNotContain("a.tsv:12")
                .containsOnlyOnce("Of t-validation, 1 bad row was skipped:")
                .contains("b.tsv:2 has 3 columns");
        assertThat(logged(run))
                .extracting(line -> line.get("data").asText())
                .containsExactly("t-train", "t-validation");
        assertThat(logged(run).get(0).get("count").asInt()).isEqualTo(7);
        assertThat(logged(run).get(0).get("examples")).hasSize(5);

        assertThat(run("evaluate", "--checkpoint", run).messages())
                .containsOnlyOnce("Of t-validation, 1 bad row was skipped:")
                .doesNotContain("Of t-train");
    }
}
