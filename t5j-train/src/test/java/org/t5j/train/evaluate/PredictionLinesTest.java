package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.data.Example;
import org.t5j.data.metric.Scored;
import org.t5j.train.evaluate.Evaluation.Prediction;

/** Files of predictions: what is written is read again, and what is no such file is refused by line. */
class PredictionLinesTest {
    @TempDir
    Path directory;

    private static Prediction scored(Scored scored) {
        return new Prediction("a/b", "in \"1\"\nü", "yes", "Yes ", null, scored);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Example example = Example.of("in \"1\"\nü", "yes");
        List<Prediction> predictions = List.of(
                new Prediction(
                        "t", "in", "out", "out", 100.0, new Scored(Example.of("in", "out"), List.of("out"), "out")),
                scored(new Scored(example.with("idx", "7"), List.of("yes"), "yes")),
                scored(new Scored(example, List.of("1", "2"), "Yes ")),
                new Prediction("test", "in", "<unk>", "?", null, null));
        Path file = directory.resolve("p.jsonl");
        PredictionLines.write(file, predictions);
        assertThat(PredictionLines.read(file)).isEqualTo(predictions);
        assertThat(Files.readAllLines(file))
                .startsWith(
                        "{\"task\":\"t\",\"inputs\":\"in\",\"target\":\"out\",\"prediction\":\"out\",\"score\":100.0}",
                        "{\"task\":\"a/b\",\"inputs\":\"in \\\"1\\\"\\nü\",\"target\":\"yes\",\"prediction\":\"Yes \","
                                + "\"score\":null,\"scored\":{\"targets\":[\"yes\"],\"prediction\":\"yes\","
                                + "\"fields\":{\"idx\":\"7\"}}}");
        assertThat(directory).isDirectoryNotContaining("glob:**incomplete");
    }

    @Test
    void whatIsNoPredictionIsRefusedByLine() throws IOException {
        assertRefused(
                "{\"inputs\":\"a\",\"target\":\"b\",\"prediction\":\"c\"}\n{\"inputs\":\"a\"}\n",
                ":2 has no text \"target\"");
        assertRefused("{\"inputs\":", ":1 is no JSON object");
        assertRefused("[1]", ":1 has no text \"inputs\"");
        assertRefused("\n", ":1 ");
        assertRefused("", "holds no predictions");
        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> PredictionLines.read(absent))
                .isInstanceOf(T5Exception.class)
                .hasMessage("Cannot read the predictions " + absent + ": there is no " + absent);
        assertThatThrownBy(() -> PredictionLines.write(absent.resolve("p"), List.of()))
                .isInstanceOf(T5Exception.class)
                .hasMessageStartingWith("Cannot write " + absent.resolve("p") + ": there is no " + absent);
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.jsonl"), text);
        assertThatThrownBy(() -> PredictionLines.read(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining(message);
    }
}
