package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The block {@code generation:} of a task, from fine-tuning to {@code evaluate} and {@code generate --task}. */
class TaskGenerationCommandTest {
    @TempDir
    Path directory;

    @Test
    void generateWritesForATaskOfTheRunAsEvaluateDoes() throws IOException {
        Path vocabulary = SmallModel.vocabulary(directory);
        SmallModel.pairs(directory.resolve("pairs.tsv"));
        Path config = SmallModel.write(directory.resolve("run.yaml"), """
                mode: FINETUNE
                data:
                  tasks:
                    - name: spell
                      format: tsv
                      columns: [input, target]
                      train: [pairs.tsv]
                      test: [pairs.tsv]
                      prefix: "first: "
                      targetLength: 6
                      generation: {beams: 3, lengthPenalty: 2, minLength: 4}
                  study:
                    - {name: glue_rte_v002, format: tsv, train: [gone.tsv], generation: {beams: 2}}
                  mixture: {name: m, rates: {spell: 1}}
                optim: {totalSteps: 1}
                """);
        SmallModel.write(directory.resolve("gone.tsv"), "sentence1\tsentence2\tlabel\nthe king\ta king\tentailment\n");
        Path run = directory.resolve("run");
        Cli.Result trained = Cli.run(
                "finetune",
                "--config",
                config,
                "--output",
                run,
                "--tokenizer",
                vocabulary,
                "--set",
                SmallModel.SHAPE,
                "--set",
                "logging.progress=false");
        assertThat(trained.code()).as(trained.err()).isZero();

        Path predictions = directory.resolve("predictions.jsonl");
        Cli.Result scored =
                Cli.run("evaluate", "--checkpoint", run, "--set", "data.study=[]", "--predictions", predictions);
        assertThat(scored.code()).as(scored.err()).isZero();
        Files.delete(directory.resolve("gone.tsv"));
        Files.delete(directory.resolve("pairs.tsv"));
        List<Object> generate = new ArrayList<>(List.of("generate", "--checkpoint", run, "--task", "spell"));
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(predictions)) {
            JsonNode prediction = new ObjectMapper().readTree(line);
            generate.addAll(List.of("--input", prediction.get("inputs").asText().replaceFirst("first: ", "")));
            expected.add(prediction.get("prediction").asText());
        }
        Cli.Result written = Cli.run(generate.toArray());
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.lines()).containsExactlyElementsOf(expected);
        generate.addAll(List.of("--beams", 1));
        assertThat(Cli.run(generate.toArray()).lines()).isNotEqualTo(expected);
        Cli.Result study = Cli.run("generate", "--checkpoint", run, "--task", "glue_rte_v002", "--input", "a");
        assertThat(study.code()).as(study.err()).isZero();
        Cli.Result none = Cli.run("generate", "--checkpoint", run, "--task", "spel", "--input", "a");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err())
                .contains("There is no task \"spel\"", "did you mean spell? There are glue_rte_v002, spell")
                .hasLineCount(1);
    }

    @Test
    void aBlockThatIsWrongIsAWrongSetting() {
        Cli.Result refused = Cli.run(
                "finetune",
                "--output",
                directory.resolve("run"),
                "--set",
                "data.tasks=[{name: t, format: lines, train: [t.txt], generation: {beams: 0}}]");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("task \"t\" cannot generate so: beams must be at least 1 (1: greedy), found 0")
                .hasLineCount(1);
    }
}
