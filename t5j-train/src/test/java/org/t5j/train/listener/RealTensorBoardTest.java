package org.t5j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.train.StepReport;
import org.t5j.train.evaluate.EvaluationReport;

/** What a real TensorBoard finds in the event file of a run that was resumed, where one is installed. */
class RealTensorBoardTest {
    @TempDir
    Path directory;

    private void run(Path log, Path events, long from, long to) {
        try (JsonLog lines = JsonLog.open(log, from, 1);
                TensorBoardLog board = TensorBoardLog.open(events, log)) {
            lines.follow(board);
            for (long step = from + 1; step <= to; step++) {
                lines.stepped(new StepReport(step, 2, 1, 0.01, 1.5, 8, 90, 100, 10, 16, step, 0));
            }
            lines.evaluated(new EvaluationReport(to, Map.of("naïve/accuracy", 50.0), List.of(), 1));
        }
    }

    @Test
    void itFindsEachStepOnce() throws IOException, InterruptedException {
        Path board = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, "tensorboard"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(board != null, "no tensorboard on the PATH: that it reads the event file is not tested");
        Path log = directory.resolve("log.jsonl");
        Path events = directory.resolve("events.out.tfevents.t5j");
        run(log, events, 0, 9);
        run(log, events, 4, 12);

        File said = directory.resolve("said").toFile();
        Process process = new ProcessBuilder(board.toString(), "--inspect", "--event_file=" + events)
                .redirectOutput(said)
                .redirectError(directory.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said.toPath()).replaceAll(" +", " "))
                .contains("eval/naïve/accuracy", "train/loss", "train/gradient_norm", "train/tokens_per_second")
                .contains("first_step 1\n", "last_step 12\n", "num_steps 12\n", "outoforder_steps []");
    }
}
