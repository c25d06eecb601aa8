package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.checkpoint.SafetensorsWriter;

/** {@code t5j generate} and {@code t5j inspect} on a small model with random weights. */
class GenerateAndInspectTest {
    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void makeModel() {
        model = SmallModel.directory(directory);
    }

    @Test
    void writesALineForEveryInputWhereverItComesFrom() {
        Cli.Result given = Cli.run(
                "generate", "--checkpoint", model, "--max-length", 6, "--input", "the king", "--input", "his letter");
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(given.lines()).hasSize(2);
        Cli.Result read =
                Cli.runWithInput("the king\nhis letter\n", "generate", "--checkpoint", model, "--max-length", 6);
        assertThat(read.lines()).isEqualTo(given.lines());
        Cli.Result oneByOne = Cli.runWithInput(
                "the king\nhis letter", "generate", "--checkpoint", model, "--max-length", 6, "--batch", 1);
        assertThat(oneByOne.lines()).isEqualTo(given.lines());
    }

    @Test
    void streamedOutputsAreTheSameText() {
        Object[] plain = {"generate", "--checkpoint", model, "--max-length", 9};
        Object[] streamed = {"generate", "--checkpoint", model, "--max-length", 9, "--stream"};
        String inputs = "the king\nhis letter\nwith great joy\n";
        Cli.Result result = Cli.runWithInput(inputs, streamed);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .isEqualTo(Cli.runWithInput(inputs, plain).out())
                .isNotBlank();
        assertRefused(model, "--stream needs --beams 1, found 2", "--stream", "--beams", 2);
        assertRefused(model, "--stream and --json exclude each other", "--stream", "--json");
    }

    @Test
    void aFileBecomesAFile() throws IOException {
        Path inputs = SmallModel.write(directory.resolve("inputs.txt"), "the king\n\nhis letter\nwith great joy\n");
        Path outputs = directory.resolve("outputs.txt");
        Object[] plain = {"generate", "--checkpoint", model, "--max-length", 9, "--batch", 2, "--input-file", inputs};
        Cli.Result printed = Cli.run(plain);
        assertThat(printed.code()).as(printed.err()).isZero();
        assertThat(printed.lines()).hasSize(4);
        List<Object> toFile = new ArrayList<>(Arrays.asList(plain));
        toFile.addAll(List.of("--output", outputs));
        Cli.Result written = Cli.run(toFile.toArray());
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).isEmpty();
        assertThat(outputs).hasContent(printed.out());
        Cli.Result missing = Cli.run("generate", "--checkpoint", model, "--input-file", directory.resolve("none"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no file");
        assertRefused(model, "--output needs --input-file", "--output", outputs);
        assertRefused(model, "--input-file and --input exclude each other", "--input-file", inputs);
    }

    @Test
    void theOptionsReachTheSearch() throws IOException {
        JsonNode beams = json("--beams", 3, "--length-penalty", "0.6", "--max-length", 9, "--min-length", 9);
        assertThat(beams.get("input").asText()).isEqualTo("the king");
        assertThat(beams.get("ids")).hasSizeBetween(7, 8);
        assertThat(beams.get("score").asDouble()).isNegative();
        JsonNode t5x = json("--beams", 3, "--beam-rule", "T5X", "--max-length", 9);
        assertThat(t5x)
                .isEqualTo(json("--beams", 3, "--beam-rule", "t5x", "--length-penalty", "0.6", "--max-length", 9))
                .isNotEqualTo(json("--beams", 3, "--max-length", 9));
        JsonNode norepeat = json("--no-repeat-ngram", 1, "--max-length", 12, "--min-length", 12);
        List<JsonNode> ids = new java.util.ArrayList<>();
        norepeat.get("ids").forEach(ids::add);
        assertThat(ids).doesNotHaveDuplicates();
        JsonNode sampled = json("--sample", "--seed", 4, "--max-length", 6);
        assertThat(sampled).isEqualTo(json("--sample", "--seed", 4, "--max-length", 6));
    }

    private JsonNode json(Object... options) throws IOException {
        List<Object> all =
                new java.util.ArrayList<>(List.of("generate", "--checkpoint", model, "--json", "--input", "the king"));
        all.addAll(List.of(options));
        Cli.Result result = Cli.run(all.toArray());
        assertThat(result.code()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    @Test
    void aValueOutOfRangeNamesItsOption() {
        assertRefused(model, "--beams must be at least 1", "--beams", 0);
        assertRefused(model, "--no-repeat-ngram must be at least 0", "--no-repeat-ngram", -1);
        assertRefused(model, "--top-p must be above 0", "--sample", "--top-p", 2);
        assertRefused(model, "--temperature is 0.5, but nothing is drawn; set --sample too", "--temperature", "0.5");
        assertRefused(model, "--seed is 3, but nothing is drawn; set --sample too", "--seed", 3);
        assertRefused(
                model, "--length-normalization must be GNMT", "--beam-rule", "T5X", "--length-normalization", "POWER");
        assertRefused(model, "--min-p must be at least 0", "--sample", "--min-p", 2);
        assertRefused(
                model, "--beam-rule is T5X, but there is no search with beams; set --beams", "--beam-rule", "T5X");
        Cli.Result tooMany = Cli.run("generate", "--checkpoint", model, "--input", "x", "--beams", 20_000_000);
        assertThat(tooMany.code()).isEqualTo(1);
        assertThat(tooMany.err())
                .contains("1 input cannot be decoded side by side with 20000000 hypotheses each", "fewer beams")
                .hasLineCount(1);
    }

    private static void assertRefused(Path model, String message, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("generate", "--checkpoint", model, "--input", "x"));
        arguments.addAll(List.of(options));
        Cli.Result result = Cli.run(arguments.toArray());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message, "--help");
    }

    @Test
    void refusesDirectoriesWithoutModelOrVocabulary() throws IOException {
        Cli.Result noDirectory = Cli.run("generate", "--checkpoint", directory.resolve("none"), "--input", "x");
        assertThat(noDirectory.code()).isEqualTo(1);
        assertThat(noDirectory.err()).contains("There is no directory");
        Cli.Result noModel = Cli.run("generate", "--checkpoint", directory, "--input", "x");
        assertThat(noModel.code()).isEqualTo(1);
        assertThat(noModel.err()).contains("neither a model", "config.json");
        Files.delete(model.resolve("spiece.model"));
        Cli.Result noVocabulary = Cli.run("generate", "--checkpoint", model, "--input", "x");
        assertThat(noVocabulary.code()).isEqualTo(1);
        assertThat(noVocabulary.err()).contains("has no spiece.model");
        Cli.Result noTask = Cli.run("generate", "--checkpoint", writeBack(), "--task", "summarization", "--input", "x");
        assertThat(noTask.code()).isEqualTo(1);
        assertThat(noTask.err()).contains("no task_specific_params").hasLineCount(1);
        Cli.Result both = Cli.run("generate", "--checkpoint", model, "--sample", "--beams", 4);
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("exclude each other");
    }

    private Path writeBack() throws IOException {
        Files.copy(directory.resolve("spiece.model"), model.resolve("spiece.model"));
        return model;
    }

    @Test
    void inspectShowsModelsAndFiles() throws IOException {
        Cli.Result shown = Cli.run("inspect", model);
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .containsPattern("d_model +16")
                .containsPattern("tokenizer +spiece.model, 40 pieces and 100 extra ids")
                .containsPattern("dtype +F32");
        JsonNode json = new ObjectMapper()
                .readTree(Cli.run("inspect", model, "--json", "--tensors").out());
        assertThat(json.get("parameters").asLong())
                .isEqualTo(json.get("values_stored").asLong());
        assertThat(json.get("tensors")).hasSize(json.get("tensors_stored").asInt());
        assertThat(Cli.run("inspect", model.resolve("model.safetensors"), "--tensors")
                        .out())
                .contains("shared.weight\tF32\t[256, 16]");
    }

    @Test
    void inspectCountsWhatIsNotFiniteAndTakesTheNormOfTheRest() throws IOException {
        Path file = directory.resolve("planted.safetensors");
        new SafetensorsWriter()
                .add("a", new float[] {3, Float.NaN, -4, Float.POSITIVE_INFINITY}, 2, 2)
                .add("b", new float[] {12}, 1)
                .add("ids", new long[] {7}, 1)
                .write(file);
        assertThat(Cli.run("inspect", file, "--tensors").lines())
                .contains("a\tF32\t[2, 2]\t5.00000\t4.00000\t2", "ids\tI64\t[1]\t-\t-\t-");
        Cli.Result shown = Cli.run("inspect", file);
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .containsPattern("tensor +type +shape +norm +largest +non-finite")
                .containsPattern("a +F32 +\\[2, 2\\] +5.00000 +4.00000 +2");
        JsonNode json =
                new ObjectMapper().readTree(Cli.run("inspect", file, "--json").out());
        assertThat(json.get("norm").asDouble()).isEqualTo(13);
        assertThat(json.get("largest").asDouble()).isEqualTo(12);
        assertThat(json.get("non_finite").asLong()).isEqualTo(2);
        assertThat(json.has("tensors")).isFalse();
    }

    @Test
    void inspectReadsNoValuesWhereTheHeadersAreEnough() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(Cli.run("inspect", model, "--json", "--tensors", "--headers-only")
                        .out());
        assertThat(json.has("norm")).isFalse();
        assertThat(json.get("tensors")).noneMatch(tensor -> tensor.has("norm"));
        assertThat(Cli.run("inspect", model, "--headers-only").out())
                .containsPattern("shared.weight +F32 +\\[256, 16\\] +- +- +-");
    }

    @Test
    void inspectTellsADamagedFileFromAMissingOne() throws IOException {
        Path file = model.resolve("model.safetensors");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 5000));
        Cli.Result damaged = Cli.run("inspect", file);
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).contains("model.safetensors").hasLineCount(1);
        Cli.Result missing = Cli.run("inspect", directory.resolve("x.safetensors"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no");
    }
}
