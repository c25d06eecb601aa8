package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code t5j evaluate} on checkpoints of a run, and {@code t5j compare} on runs and files of predictions. */
class EvaluateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path run;
    private static Path other;

    @TempDir
    Path directory;

    @BeforeAll
    static void train() {
        Path vocabulary = SmallModel.vocabulary(shared);
        Path pairs = SmallModel.pairs(shared.resolve("pairs.tsv"));
        Path valid = SmallModel.write(shared.resolve("valid.tsv"), "king\tk\ntown\tt\nspring\ts\n");
        run = train(shared.resolve("run"), vocabulary, pairs, valid, "0.01");
        other = train(shared.resolve("other"), vocabulary, pairs, valid, "0.001");
    }

    private static Path train(Path output, Path vocabulary, Path pairs, Path valid, String rate) {
        Cli.Result result = Cli.run(
                "finetune",
                "--output",
                output,
                "--tokenizer",
                vocabulary,
                "--train",
                pairs,
                "--valid",
                valid,
                "--target-length",
                4,
                "--set",
                SmallModel.SHAPE,
                "--set",
                "optim.totalSteps=3",
                "--set",
                "schedule={name: constant, base: " + rate + "}",
                "--set",
                "eval.everySteps=1",
                "--set",
                "checkpoint={everySteps: 1, keepLast: 0}",
                "--set",
                "logging={progress: false, everySteps: 1}");
        assertThat(result.code()).as(result.err()).isZero();
        return output;
    }

    private static JsonNode json(Object... arguments) throws IOException {
        Cli.Result result = Cli.run(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }

    private static Cli.Result refused(int code, String message, Object... arguments) {
        Cli.Result result = Cli.run(arguments);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(message).doesNotContain("\tat ").hasLineCount(1);
        return result;
    }

    @Test
    void everyCheckpointOfARunIsScored() throws IOException {
        Path predictions = directory.resolve("predictions");
        JsonNode facts = json("evaluate", "--checkpoint", run, "--all", "--predictions", predictions, "--json");
        assertThat(facts.get("metric").asText()).isEqualTo("task/accuracy");
        assertThat(facts.get("checkpoints")).hasSize(3);
        JsonNode second = facts.get("checkpoints").get(1);
        assertThat(second.get("checkpoint").asText()).endsWith("step-2");
        assertThat(second.get("task/loss").asDouble()).isPositive();
        assertThat(second.at("/intervals/task~1accuracy")).hasSize(2);
        assertThat(Files.readAllLines(predictions.resolve("step-3.jsonl"))).hasSize(3);

        Cli.Result table = Cli.run("evaluate", "--checkpoint", run, "--steps", "1,3", "--resamples", 0);
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.lines()).hasSize(4);
        assertThat(table.lines().get(0)).matches("checkpoint +task/accuracy +task/loss +task/perplexity");
        assertThat(table.lines().get(1)).startsWith("step-1 ").doesNotContain("[");
        assertThat(table.lines().get(3)).matches("best by task/accuracy: step-[13]");
        assertThat(table.err()).contains("evaluating step-1", "evaluating step-3");
    }

    @Test
    void oneCheckpointIsChosen() throws IOException {
        assertThat(json("evaluate", "--checkpoint", run, "--steps", "latest", "--json")
                        .get("checkpoint")
                        .asText())
                .endsWith("step-3");
        Cli.Result best = Cli.run("evaluate", "--checkpoint", run, "--resamples", 50, "--seed", 9);
        assertThat(best.out())
                .containsPattern("task/accuracy +[0-9.]+  \\[[0-9.]+, [0-9.]+\\]")
                .containsPattern("interval +95 %, of 50 samples, seed 9");
        JsonNode none = json("evaluate", "--checkpoint", run, "--resamples", 0, "--json");
        assertThat(none.has("intervals")).isFalse();
    }

    @Test
    void wrongChoicesAreRefused() {
        refused(2, "--steps must be best, latest, all", "evaluate", "--checkpoint", run, "--steps", "last");
        refused(2, "--all says all of --steps", "evaluate", "--checkpoint", run, "--steps", "1", "--all");
        refused(2, "--resamples must not be negative", "evaluate", "--checkpoint", run, "--resamples", -1);
        refused(1, "has no checkpoint of step 9, only of 1, 2, 3", "evaluate", "--checkpoint", run, "--steps", "9");
        Path model = run.resolve("checkpoints/step-1");
        refused(1, "is a single model", "evaluate", "--checkpoint", model, "--all");
        Path file = SmallModel.write(directory.resolve("file"), "");
        refused(2, "name a directory", "evaluate", "--checkpoint", run, "--all", "--predictions", file);
    }

    @Test
    void runsAreComparedByTheirPredictions() throws IOException {
        JsonNode facts = json("compare", run, other, "--step", "latest", "--resamples", 100, "--json");
        assertThat(facts.at("/first/step").asInt()).isEqualTo(3);
        assertThat(facts.at("/first/examples/task").asInt()).isEqualTo(3);
        JsonNode accuracy = facts.at("/scores/task~1accuracy");
        assertThat(accuracy.get("interval")).hasSize(2);
        assertThat(accuracy.get("p_value").asDouble()).isBetween(1 / 101.0, 1.0);
        JsonNode loss = facts.at("/scores/task~1loss");
        assertThat(loss.get("difference").asDouble())
                .isEqualTo(loss.get("second").asDouble() - loss.get("first").asDouble())
                .isNotZero();
        assertThat(loss.has("p_value")).isFalse();
        assertThat(facts.at("/losses/steps").asInt()).isEqualTo(3);
        assertThat(facts.at("/settings/schedule.base/second").asText()).isEqualTo("0.001");
        assertThat(facts.get("settings")).hasSize(1);

        Cli.Result table = Cli.run("compare", run, other);
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out())
                .containsPattern("score +first +second +difference +95 % interval +p")
                .containsPattern("task/accuracy +[0-9.]+ +[0-9.]+ +[+-]?[0-9.]+ +\\[.*\\] +[01]\\.[0-9]{4}")
                .contains("training loss at 3 common steps up to 3")
                .containsPattern("schedule.base +0.01 +0.001");
    }

    @Test
    void aRunEqualsItself() throws IOException {
        JsonNode facts = json("compare", run, run, "--json");
        JsonNode accuracy = facts.at("/scores/task~1accuracy");
        assertThat(accuracy.get("p_value").asDouble()).isEqualTo(1);
        assertThat(accuracy.get("difference").asDouble()).isZero();
        assertThat(facts.at("/losses/largest_difference").asDouble()).isZero();
        assertThat(facts.get("settings")).isEmpty();
        assertThat(facts.get("notes")).isEmpty();
    }

    @Test
    void longValuesOfSettingsAreCutInTheTableAndWholeInJson() throws IOException {
        String longName = "a".repeat(200);
        Path renamed = Files.createDirectory(directory.resolve("renamed"));
        Files.copy(other.resolve("log.jsonl"), renamed.resolve("log.jsonl"));
        Files.writeString(
                renamed.resolve("config.yaml"),
                Files.readString(other.resolve("config.yaml")).replaceFirst("preset: .*", "preset: " + longName));
        String table = Cli.run("compare", run, renamed).out();
        String setting = table.lines()
                .filter(line -> line.startsWith("model.preset"))
                .findFirst()
                .orElseThrow();
        assertThat(setting).endsWith("  " + "a".repeat(39) + "…").hasSizeLessThan(130);
        assertThat(json("compare", run, renamed, "--json")
                        .get("settings")
                        .get("model.preset")
                        .get("second")
                        .asText())
                .contains(longName);
    }

    @Test
    void withoutPredictionsLoggedScoresAreComparedAndTheRemedyIsNamed() throws IOException {
        Path bare = Files.createDirectory(directory.resolve("bare"));
        Files.copy(other.resolve("log.jsonl"), bare.resolve("log.jsonl"));
        Files.copy(other.resolve("config.yaml"), bare.resolve("config.yaml"));
        JsonNode facts = json("compare", run, bare, "--json");
        assertThat(facts.at("/second/step").asInt()).isEqualTo(3);
        assertThat(facts.at("/scores/task~1accuracy").has("difference")).isTrue();
        assertThat(facts.at("/scores/task~1accuracy").has("p_value")).isFalse();
        assertThat(facts.at("/notes/0").asText())
                .startsWith(bare + " at step 3 has no predictions of \"task\"")
                .contains("evaluate --predictions");
        assertThat(Cli.run("compare", run, bare).out()).contains("Note: " + bare);
    }

    private Path predictions(String name, String... lines) {
        return SmallModel.write(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    private static String line(String inputs, String target, String prediction, String score) {
        return "{\"task\":\"t\",\"inputs\":\"" + inputs + "\",\"target\":\"" + target + "\",\"prediction\":\""
                + prediction + "\",\"score\":" + score + "}";
    }

    @Test
    void filesOfPredictionsAreComparedByTheirScoresOrByMetrics() throws IOException {
        Path a = predictions("a.jsonl", line("1", "x", "x", "100"), line("2", "y z", "y", "0"));
        Path b = predictions("b.jsonl", line("1", "x", "x", "100"), line("2", "y z", "y z", "100"));
        JsonNode own = json("compare", a, b, "--json");
        assertThat(own.at("/scores/t~1score/difference").asDouble()).isEqualTo(50);
        JsonNode metrics = json("compare", a, b, "--metric", "word_error_rate,accuracy", "--json");
        assertThat(metrics.get("scores")).hasSize(2);
        assertThat(metrics.at("/scores/t~1word_error_rate/first").asDouble()).isEqualTo(100 / 3.0);
        assertThat(json("compare", run, run.resolve("predictions/step-1/task.jsonl"), "--step", 1, "--json")
                        .at("/scores/task~1accuracy/p_value")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void differentExamplesAreRefused() {
        Path a = predictions("a.jsonl", line("1", "x", "x", "100"), line("2", "y", "y", "null"));
        Path b = predictions("b.jsonl", line("1", "x", "x", "100"), line("2", "Y", "y", "0"));
        refused(1, "example 2 of \"t\" is \"2\" → \"y\" in " + a + " and \"2\" → \"Y\" in " + b, "compare", a, b);
        Path fewer = predictions("c.jsonl", line("1", "x", "x", "100"));
        refused(1, "of \"t\" " + a + " has 2 and " + fewer + " 1", "compare", a, fewer);
        refused(1, "name the metric to compute by --metric", "compare", a, a);
        refused(1, "nothing in common", "compare", a, run.resolve("predictions/step-1/task.jsonl"));
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        refused(1, "There is no run directory or file of predictions", "compare", run, directory.resolve("absent"));
        refused(1, "is no run directory: it has no log.jsonl", "compare", run, directory);
        refused(1, "holds no predictions", "compare", run, SmallModel.write(directory.resolve("empty"), ""));
        refused(2, "--step must be best, latest or a number", "compare", run, other, "--step", "last");
        refused(1, "was not evaluated at step 7, only at [1, 2, 3]", "compare", run, other, "--step", 7);
        refused(2, "did you mean bleu?", "compare", run, other, "--metric", "blue");
        refused(2, "--resamples must be at least 1", "compare", run, other, "--resamples", 0);
    }
}
