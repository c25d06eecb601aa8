package org.t5j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.EvaluationReport;

/** What is shown on a terminal and elsewhere, and what stands in log.jsonl after a crash. */
class ListenerTest {
    @TempDir
    Path directory;

    private static StepReport report(long step, double loss, double seconds) {
        return new StepReport(step, loss, loss, 0.01, 1.5, 8, 900, 100, seconds);
    }

    private static String show(boolean terminal, double... secondsOfSteps) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleProgress progress =
                new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, 10);
        progress.started(TrainingState.start(), secondsOfSteps.length);
        for (int i = 0; i < secondsOfSteps.length; i++) {
            progress.stepped(report(i + 1, 2, secondsOfSteps[i]));
        }
        progress.evaluated(new EvaluationReport(3, Map.of("task/accuracy", 87.5), List.of(), 1));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineNowAndThenWhereThereIsNoTerminal() {
        assertThat(show(false, 1, 2, 11, 12, 13, 14).lines())
                .containsExactly(
                        "step 1/6  loss (smoothed) 2.0000  lr 1.00e-02  1000 tokens/s  5s left",
                        "step 3/6  loss (smoothed) 2.0000  lr 1.00e-02  273 tokens/s  11s left",
                        "step 6/6  loss (smoothed) 2.0000  lr 1.00e-02  429 tokens/s  0s left",
                        "evaluation at step 3: task/accuracy 87.5000");
    }

    @Test
    void aBarThatIsDrawnOverOnATerminal() {
        assertThat(show(true, 1, 2))
                .contains("\r\033[K[============            ] step 1/2")
                .contains("\r\033[K[========================] step 2/2")
                .contains("\r\033[Kevaluation at step 3");
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "61, 1:01", "3723, 1:02:03", "360000, 100:00:00"})
    void timesAreShort(long seconds, String text) {
        assertThat(ConsoleProgress.duration(seconds)).isEqualTo(text);
    }

    @Test
    void aResumedLogHasEveryStepOnce() throws IOException {
        Path file = directory.resolve("log.jsonl");
        try (JsonLog log = JsonLog.open(file, 0, 2)) {
            for (int step = 1; step <= 7; step++) {
                log.stepped(report(step, step, step));
            }
            log.evaluated(new EvaluationReport(7, Map.of("x/loss", 1.0), List.of(), 0.5));
        }
        Files.writeString(file, Files.readString(file) + "{\"type\":\"train\",\"st");
        try (JsonLog log = JsonLog.open(file, 4, 2)) {
            for (int step = 5; step <= 8; step++) {
                log.stepped(report(step, 10 * step, step));
            }
        }
        assertThat(Files.readAllLines(file))
                .extracting(line -> line.substring(0, line.indexOf(",\"nll\"")))
                .containsExactly(
                        "{\"type\":\"train\",\"step\":2,\"loss\":2.0",
                        "{\"type\":\"train\",\"step\":4,\"loss\":4.0",
                        "{\"type\":\"train\",\"step\":6,\"loss\":60.0",
                        "{\"type\":\"train\",\"step\":8,\"loss\":80.0");
    }
}
