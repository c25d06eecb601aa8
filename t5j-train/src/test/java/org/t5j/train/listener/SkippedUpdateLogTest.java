package org.t5j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingState;

/** Every update that was not made stands in the log, and the norm of the parameters where it was measured. */
class SkippedUpdateLogTest {
    @TempDir
    Path directory;

    private static StepReport report(long step, double loss, boolean skipped, double parameterNorm) {
        return new StepReport(step, loss, loss, 0.01, loss, 8, 900, 1000, 100, 160, step, 0, skipped, parameterNorm);
    }

    @Test
    void linesOfBothStandThereWhateverTheRhythm() throws IOException {
        Path file = directory.resolve("log.jsonl");
        try (JsonLog log = JsonLog.open(file, 0, 10)) {
            log.started(TrainingState.start(), 20);
            log.stepped(report(1, 2, false, Double.NaN));
            log.stepped(report(2, Double.NaN, true, Double.NaN));
            log.stepped(report(3, 2, false, 7.5));
            log.stepped(report(10, 2, true, Double.NaN));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .isEqualTo("{\"type\":\"skipped\",\"step\":2,\"loss\":\"NaN\",\"learning_rate\":0.01,"
                        + "\"gradient_norm\":\"NaN\"}");
        assertThat(lines.get(1)).startsWith("{\"type\":\"train\",\"step\":3,").endsWith(",\"parameter_norm\":7.5}");
        assertThat(lines.get(2)).startsWith("{\"type\":\"skipped\",\"step\":10,\"loss\":2.0");
    }
}
