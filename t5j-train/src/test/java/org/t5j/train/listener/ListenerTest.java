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
import org.t5j.data.source.BadRows;
import org.t5j.train.SkippedUpdates;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.EvaluationReport;

/** What is shown on a terminal and elsewhere, and what stands in log.jsonl after a crash. */
class ListenerTest {
    @TempDir
    Path directory;

    private static StepReport report(long step, double loss, double seconds) {
        return report(step, loss, seconds, 0);
    }

    private static StepReport report(long step, double loss, double seconds, double dataSeconds) {
        return new StepReport(step, loss, loss, 0.01, 1.5, 8, 900, 1000, 100, 160, seconds, dataSeconds);
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
    void anEvaluationIsSaidWhenItBegins() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleProgress progress = new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 10);
        progress.started(TrainingState.start(), 6);
        progress.evaluating(new TrainingState(3, 8, 0, 0, 0, null, null));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("step 3/6  evaluating" + System.lineSeparator());
    }

    @Test
    void whatWasSkippedIsSaidAtTheEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleProgress progress = new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 10);
        SkippedUpdates skipped = new SkippedUpdates(34, 2, List.of());
        progress.ended(new TrainingState(40, 8, 0, 0, 0, null, null, skipped, 0));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("34 of 40 updates were not made (optim.guard)");
    }

    @Test
    void onlyARunThatIsNotOverGoesOn() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleProgress progress = new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 10);
        TrainingState atFour = new TrainingState(4, 8, 0, 0, 0, null, null);
        progress.started(atFour, 4);
        progress.started(atFour, 2);
        assertThat(bytes.size()).isZero();
        progress.started(atFour, 6);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("Going on at step 4 of 6" + System.lineSeparator());
    }

    @Test
    void aBarThatIsDrawnOverOnATerminal() {
        assertThat(show(true, 1, 2))
                .contains("\r\033[K[============            ] step 1/2")
                .contains("\r\033[K[========================] step 2/2")
                .contains("\r\033[Kevaluation at step 3");
    }

    @Test
    void waitingForDataIsSaidWhereItIsWorthIt() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleProgress progress = new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 10);
        progress.started(TrainingState.start(), 3);
        progress.stepped(report(1, 2, 5, 4));
        progress.stepped(report(2, 2, 15, 0.05));
        progress.stepped(report(3, 2, 25, 0.55));
        progress.ended(TrainingState.start());
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "step 1/3  loss (smoothed) 2.0000  lr 1.00e-02  200 tokens/s  10s left",
                        "step 2/3  loss (smoothed) 2.0000  lr 1.00e-02  133 tokens/s  8s left",
                        "step 3/3  loss (smoothed) 2.0000  lr 1.00e-02  120 tokens/s  3% waiting for data  0s left",
                        "batches were full to 90.0% (inputs) and 62.5% (targets); 3.00% of the time was waiting for"
                                + " them");
    }

    @Test
    void theLogHasUtilisationAndTheTimeThatDataTook() throws IOException {
        Path file = directory.resolve("log.jsonl");
        try (JsonLog log = JsonLog.open(file, 0, 1)) {
            log.stepped(report(1, 2, 5, 0.0012345));
        }
        assertThat(Files.readString(file))
                .contains("\"input_tokens\":900,\"target_tokens\":100,\"input_utilisation\":0.9,"
                        + "\"target_utilisation\":0.625,\"data_seconds\":0.001235,\"seconds\":5.0");
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "61, 1:01", "3723, 1:02:03", "360000, 100:00:00"})
    void timesAreShort(long seconds, String text) {
        assertThat(ConsoleProgress.duration(seconds)).isEqualTo(text);
    }

    @Test
    void aLogHasSkippedRowsOnceForEveryStart() throws IOException {
        Path file = directory.resolve("log.jsonl");
        BadRows rows = new BadRows(2, List.of("a.tsv:2 has 1 columns", "a.tsv:4 has a NUL"));
        TrainingState atFour = new TrainingState(4, 8, 0, 0, 0, null, null);
        for (int start = 0; start < 2; start++) {
            try (JsonLog log = JsonLog.open(file, 0, 4)) {
                log.skipped(TrainingState.start(), "corpus", rows);
                log.stepped(report(4, 1, 1));
            }
        }
        for (int start = 0; start < 2; start++) {
            try (JsonLog log = JsonLog.open(file, 4, 4)) {
                log.skipped(atFour, "corpus", rows);
            }
        }
        String skipped =
                ",\"data\":\"corpus\",\"count\":2," + "\"examples\":[\"a.tsv:2 has 1 columns\",\"a.tsv:4 has a NUL\"]}";
        assertThat(Files.readAllLines(file)).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).isEqualTo("{\"type\":\"bad_rows\",\"step\":0" + skipped);
            assertThat(lines.get(1)).startsWith("{\"type\":\"train\",\"step\":4");
            assertThat(lines.get(2)).isEqualTo("{\"type\":\"bad_rows\",\"step\":4" + skipped);
        });
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
