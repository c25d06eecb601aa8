package org.t5j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.EvaluationReport;

/** Event files: their bytes, what stands in them, and that a resumed run leaves every step once. */
class TensorBoardLogTest {
    @TempDir
    Path directory;

    private Path log;
    private Path file;

    @BeforeEach
    void name() {
        log = directory.resolve("log.jsonl");
        file = directory.resolve("events.out.tfevents.t5j");
    }

    private static StepReport report(long step, double loss) {
        return new StepReport(step, loss, loss / 2, 0.01, 1.5, 8, 900, 1000, 100, 160, 2.0 * step, 0);
    }

    /** A run that goes on at {@code from}, makes updates to {@code to} and is evaluated then. */
    private void run(long from, long to, double loss) {
        try (JsonLog lines = JsonLog.open(log, from, 2);
                TensorBoardLog events = TensorBoardLog.open(file, log)) {
            lines.follow(events);
            lines.started(new TrainingState(from, 0, 0, 0, 2.0 * from, null, null), to);
            for (long step = from + 1; step <= to; step++) {
                lines.stepped(report(step, loss));
            }
            lines.evaluated(new EvaluationReport(to, Map.of("naïve/loss", loss, "a/nan", Double.NaN), List.of(), 1));
        }
    }

    /** The bytes that TensorBoard's own writer makes of the same events; its checksums as well. */
    @Test
    void recordsAreThoseOfTensorBoard() {
        assertThat(HexFormat.of().formatHex(EventRecord.version(1.5)))
                .isEqualTo("1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c");
        Map<String, Float> values = new LinkedHashMap<>();
        values.put("train/loss", 2.5f);
        values.put("naïve", -1f);
        assertThat(HexFormat.of().formatHex(EventRecord.scalars(3.25, 300, values)))
                .isEqualTo("300000000000000095f5d05f090000000000000a4010ac022a220a110a0a747261696e2f6c6f7373"
                        + "15000020400a0d0a066e61c3af766515000080bf55eaa464");
    }

    /** Test vector of RFC 3720 B.4, masked. */
    @Test
    void checksumsAreMaskedCrc32c() {
        int crc = 0xE3069283;
        assertThat(EventRecord.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo((crc >>> 15 | crc << 17) + 0xa282ead8);
    }

    @Test
    void theNumbersOfTheLogStandInIt() throws IOException {
        run(0, 4, 3);
        List<EventFileReader.Event> events = EventFileReader.read(file);
        double beginning = events.get(0).wallTime();
        assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
        assertThat(events).extracting(EventFileReader.Event::step).containsExactly(0L, 2L, 4L, 4L);
        assertThat(events.get(1).scalars())
                .containsEntry("train/loss", 3f)
                .containsEntry("train/nll", 1.5f)
                .containsEntry("train/learning_rate", 0.01f)
                .containsEntry("train/gradient_norm", 1.5f)
                .containsEntry("train/tokens_per_second", 500f)
                .containsEntry("train/input_utilisation", 0.9f)
                .containsEntry("train/target_utilisation", 0.625f);
        assertThat(events.get(1).wallTime()).isEqualTo(beginning + 4);
        assertThat(events.get(3).scalars()).containsOnly(Map.entry("eval/naïve/loss", 3f));
        assertThat(events.get(3).wallTime()).isEqualTo(beginning + 8);
    }

    @Test
    void aResumedRunLeavesEachStepOnce() throws IOException {
        run(0, 8, 3);
        double beginning = EventFileReader.read(file).get(0).wallTime();
        Files.write(file, new byte[] {24, 0, 0}, StandardOpenOption.APPEND);
        run(4, 8, 2);
        List<EventFileReader.Event> events = EventFileReader.read(file);
        assertThat(events).extracting(EventFileReader.Event::step).containsExactly(0L, 2L, 4L, 6L, 8L, 8L);
        assertThat(events.subList(1, 5))
                .extracting(event -> event.scalars().get("train/loss"))
                .containsExactly(3f, 3f, 2f, 2f);
        assertThat(events.get(0).wallTime()).isEqualTo(beginning);
        assertThat(events).extracting(EventFileReader.Event::wallTime).isSorted();
    }

    @Test
    void whatFitsTheLogStaysInPlace() throws IOException {
        run(0, 4, 3);
        Object before = Files.getAttribute(file, "basic:fileKey");
        byte[] bytes = Files.readAllBytes(file);
        TensorBoardLog.open(file, log).close();
        assertThat(Files.getAttribute(file, "basic:fileKey")).isEqualTo(before);
        assertThat(file).hasBinaryContent(bytes);
        Files.delete(file);
        TensorBoardLog.open(file, log).close();
        assertThat(EventFileReader.read(file)).hasSize(4);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("log.jsonl", "events.out.tfevents.t5j");
    }

    @Test
    void skippedUpdatesAreCountedOnAcrossAResumption() throws IOException {
        for (long from : new long[] {0, 2}) {
            try (JsonLog lines = JsonLog.open(log, from, 1);
                    TensorBoardLog events = TensorBoardLog.open(file, log)) {
                lines.follow(events);
                for (long step = from + 1; step <= 3; step++) {
                    lines.stepped(new StepReport(
                            step, Double.NaN, 1, 0.01, 1.5, 8, 900, 1000, 100, 160, 2, 0, true, Double.NaN));
                }
                lines.stepped(new StepReport(4, 1, 1, 0.01, 1.5, 8, 900, 1000, 100, 160, 2, 0, false, 12.5));
            }
        }
        List<EventFileReader.Event> events = EventFileReader.read(file);
        assertThat(events.subList(1, 4))
                .extracting(event -> event.scalars().get("train/skipped_updates"))
                .containsExactly(1f, 2f, 3f);
        assertThat(events).hasSize(5);
        assertThat(events.get(4).scalars()).containsEntry("train/parameter_norm", 12.5f);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedWithTheRemedy() {
        assertThatThrownBy(() -> TensorBoardLog.open(directory.resolve("absent/events.out.tfevents.t5j"), log))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Cannot write the TensorBoard file")
                .hasMessageContaining("logging.tensorboard=false");
    }

    @Test
    void theLogHasTheSpeedWithoutEvaluationsAndSomePredictions() throws IOException {
        List<Evaluation.Prediction> predictions = List.of(
                new Evaluation.Prediction("a", "1", "x"),
                new Evaluation.Prediction("b", "2", "y"),
                new Evaluation.Prediction("c".repeat(999) + "😀😀", "3", "z"));
        try (JsonLog lines = JsonLog.open(log, 0, 1).examples(2)) {
            lines.stepped(report(1, 1));
            lines.evaluated(new EvaluationReport(1, Map.of("t/accuracy", 50.0), predictions, 1));
            lines.stepped(report(2, 1));
        }
        List<String> written = Files.readAllLines(log);
        assertThat(written.get(0)).endsWith("\"tokens_per_second\":500}");
        assertThat(written.get(1))
                .endsWith("\"examples\":[{\"inputs\":\"a\",\"target\":\"1\",\"prediction\":\"x\"},"
                        + "{\"inputs\":\"b\",\"target\":\"2\",\"prediction\":\"y\"}]}");
        assertThat(written.get(2)).endsWith("\"tokens_per_second\":1000}");
        try (JsonLog lines = JsonLog.open(log, 2, 1).examples(3)) {
            lines.evaluated(new EvaluationReport(2, Map.of(), predictions, 1));
        }
        assertThat(Files.readAllLines(log).get(3)).contains("\"" + "c".repeat(999) + "😀…\"");
    }
}
