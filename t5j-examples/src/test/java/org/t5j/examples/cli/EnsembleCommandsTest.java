package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Config;
import org.t5j.core.T5Model;

/** Several checkpoints that generate, score and are evaluated together. */
class EnsembleCommandsTest {
    @TempDir
    Path directory;

    private Path first;
    private Path second;
    private Path pairs;

    @BeforeEach
    void makeModels() throws IOException {
        first = SmallModel.directory(directory);
        second = another("second, of other weights", 256);
        pairs = SmallModel.pairs(directory.resolve("pairs.tsv"));
    }

    private Path another(String name, int vocabSize) throws IOException {
        Path path = directory.resolve(name);
        T5Config config;
        try (T5Model model = T5Model.load(first)) {
            config = model.config().toBuilder().vocabSize(vocabSize).build();
        }
        try (T5Model model = T5Model.create(config, 9)) {
            model.save(path);
        }
        Files.copy(first.resolve("spiece.model"), path.resolve("spiece.model"));
        return path;
    }

    @Test
    void aModelTwiceIsTheModelAndTwoModelsAreNeither() throws IOException {
        String one = generated(first);
        String other = generated(second);
        assertThat(generated(first + "," + first)).isEqualTo(one);
        assertThat(generated(first, "--checkpoint", second))
                .isNotEqualTo(one)
                .isNotEqualTo(other)
                .isEqualTo(generated(second, "--checkpoint", first));
        assertThat(generated(first, "--checkpoint", second, "--ensemble", "probabilities"))
                .isNotEqualTo(generated(first, "--checkpoint", second, "--ensemble", "logits"));
    }

    private String generated(Object checkpoint, Object... options) throws IOException {
        Path inputs = SmallModel.write(directory.resolve("inputs.txt"), "the king\nhis letter\nwith great joy\n");
        Object[] command = {"generate", "--checkpoint", checkpoint, "--max-length", 12, "--json", "--input-file", inputs
        };
        Cli.Result result = Cli.run(joined(command, options));
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    private static Object[] joined(Object[] first, Object[] second) {
        Object[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Test
    void theLossOfAnEnsembleIsThatOfItsScores() throws IOException {
        for (String averaging : new String[] {"LOGITS", "PROBABILITIES"}) {
            Object[] both = {"--checkpoint", first, "--checkpoint", second, "--ensemble", averaging};
            double[] scored = totals(both);
            Cli.Result result = Cli.run(joined(
                    new Object[] {
                        "evaluate", "--test", pairs, "--metric", "exact_match", "--json", "--set", "eval.beams=2"
                    },
                    both));
            assertThat(result.code()).as(result.err()).isZero();
            JsonNode facts = new ObjectMapper().readTree(result.out());
            assertThat(facts.get("checkpoint").asText()).isEqualTo(first + "," + second);
            assertThat(facts.get("task/loss").asDouble()).isCloseTo(-scored[0] / scored[1], within(1e-5));
            assertThat(scored[0]).isNotCloseTo(totals("--checkpoint", first)[0], within(1e-3));
        }
    }

    /** The log-likelihood of all pairs, and their tokens. */
    private double[] totals(Object... checkpoint) throws IOException {
        Cli.Result result = Cli.run(joined(new Object[] {"score", "--pairs", pairs}, checkpoint));
        assertThat(result.code()).as(result.err()).isZero();
        double[] totals = new double[2];
        for (String line : result.lines()) {
            JsonNode score = new ObjectMapper().readTree(line);
            totals[0] += score.get("log_likelihood").asDouble();
            totals[1] += score.get("tokens").asInt();
        }
        return totals;
    }

    @Test
    void whatCannotAnswerTogetherIsRefused() throws IOException {
        Cli.Result one = Cli.run("generate", "--checkpoint", first, "--ensemble", "logits", "--input", "a");
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("--ensemble needs several checkpoints to average, found one");
        assertRefused(another("wider", 300), "must have one vocabulary", "[256, 0, 1, 0]", "[300, 0, 1, 0]");
        Path pieces = another("of other pieces", 256);
        Files.delete(pieces.resolve("spiece.model"));
        Files.copy(
                SmallModel.vocabulary(Files.createDirectory(directory.resolve("v")), 41),
                pieces.resolve("spiece.model"));
        assertRefused(pieces, "must have one vocabulary", "of other pieces is not that of");
        assertRefused(directory.resolve("nowhere"), "There is no directory", "nowhere");
    }

    @Test
    void anEmptyNameIsRefused() {
        for (String names : List.of(first + ",", "," + first, first + ",," + second, ",")) {
            Cli.Result result = Cli.run("generate", "--checkpoint", names, "--input", "a");
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err())
                    .contains("--checkpoint \"" + names + "\" holds an empty name")
                    .hasLineCount(1);
        }
    }

    private void assertRefused(Path other, String... messages) {
        Cli.Result result = Cli.run("generate", "--checkpoint", first, "--checkpoint", other, "--input", "a");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains(messages).hasLineCount(1);
    }
}
