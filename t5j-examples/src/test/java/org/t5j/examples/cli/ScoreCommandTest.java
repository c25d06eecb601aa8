package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Model;
import org.t5j.tokenizer.SentencePieceTokenizer;

/** {@code t5j score} against the log-softmax of the activations, for files of each kind, and what it refuses. */
class ScoreCommandTest {
    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void makeModel() {
        model = SmallModel.directory(directory);
    }

    @Test
    void aScoreIsTheSumOfTheLogProbabilitiesOfTheTargetsTokens() throws IOException {
        List<String> rows = IntStream.range(0, 40)
                .mapToObj(i -> "the king of " + "a house ".repeat(i % 5) + "\this letter" + " and joy".repeat(i % 3))
                .collect(Collectors.toCollection(ArrayList::new));
        rows.add("spring\t");
        Path pairs = SmallModel.write(directory.resolve("pairs.tsv"), String.join("\n", rows) + "\n");
        List<JsonNode> scores = scores("--pairs", pairs, "--prefix", "say ");
        assertThat(scores).hasSize(41);
        try (T5Model loaded = T5Model.load(model)) {
            for (int i = 0; i < rows.size(); i++) {
                String[] pair = rows.get(i).split("\t", -1);
                JsonNode score = scores.get(i);
                assertThat(score.get("input").asText()).isEqualTo("say " + pair[0]);
                assertThat(score.get("target").asText()).isEqualTo(pair[1]);
                int[] target = ids(pair[1]);
                assertThat(score.get("tokens").asInt()).isEqualTo(target.length);
                double expected = logLikelihood(loaded, ids("say " + pair[0]), target);
                assertThat(score.get("log_likelihood").asDouble()).isCloseTo(expected, within(1e-4));
                assertThat(score.get("per_token").asDouble()).isCloseTo(expected / target.length, within(1e-4));
            }
        }
    }

    private int[] ids(String text) {
        int[] ids = SentencePieceTokenizer.load(model.resolve("spiece.model")).encode(text);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = 1;
        return ended;
    }

    private static double logLikelihood(T5Model model, int[] input, int[] target) {
        T5Batch batch = T5Batch.of(model.config(), 1, input.length, target.length, input, target);
        float[] logits = model.activations(batch).logits();
        int vocabSize = model.config().vocabSize();
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            double total = 0;
            for (int token = 0; token < vocabSize; token++) {
                total += Math.exp(logits[i * vocabSize + token]);
            }
            sum += logits[i * vocabSize + target[i]] - Math.log(total);
        }
        return sum;
    }

    @Test
    void filesOfEachKindGiveTheSameScoresInAFileToo() throws IOException {
        Path tsv = SmallModel.write(directory.resolve("pairs.tsv"), "the king\tx\this letter\n");
        Path jsonl = SmallModel.write(
                directory.resolve("pairs.jsonl"), "{\"answer\": \"his letter\", \"question\": \"the king\"}\n");
        Path written = directory.resolve("scores.jsonl");
        List<JsonNode> ofTsv = scores("--pairs", tsv, "--columns", "input,other,target");
        Object[] options = {
            "--pairs", jsonl, "--columns", "question,answer", "--input-column", "question", "--target-column", "answer"
        };
        assertThat(scores(options)).isEqualTo(ofTsv);
        List<Object> toFile = new ArrayList<>(Arrays.asList(options));
        toFile.addAll(List.of("--output", written));
        assertThat(scores(toFile.toArray())).isEmpty();
        assertThat(new ObjectMapper().readTree(Files.readString(written))).isEqualTo(ofTsv.get(0));
    }

    private List<JsonNode> scores(Object... options) throws IOException {
        Cli.Result result = run(options);
        assertThat(result.code()).as(result.err()).isZero();
        List<JsonNode> scores = new ArrayList<>();
        for (String line : result.lines()) {
            scores.add(new ObjectMapper().readTree(line));
        }
        return scores;
    }

    private Cli.Result run(Object... options) {
        List<Object> all = new ArrayList<>(List.of("score", "--checkpoint", model));
        all.addAll(List.of(options));
        return Cli.run(all.toArray());
    }

    @Test
    void whatIsWrongWithTheFileIsSaid() {
        Path bad = SmallModel.write(directory.resolve("bad.tsv"), "the king\this letter\nalone\n");
        Path written = directory.resolve("scores.jsonl");
        Cli.Result badRow = run("--pairs", bad, "--output", written);
        assertThat(badRow.code()).isEqualTo(1);
        assertThat(badRow.err()).contains("bad.tsv", "2").hasLineCount(1);
        assertThat(written).doesNotExist();
        Cli.Result missing = run("--pairs", directory.resolve("none.tsv"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("none.tsv").hasLineCount(1);
        Cli.Result column = run("--pairs", bad, "--target-column", "answer");
        assertThat(column.code()).isEqualTo(2);
        assertThat(column.err()).contains("--target-column takes 'answer', but --columns are [input, target]");
    }
}
