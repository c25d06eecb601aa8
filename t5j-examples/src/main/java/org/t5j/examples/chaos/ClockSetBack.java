package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The clock goes back while a run rests: all its files are then of the future; with faketime(1), the clock itself too. */
final class ClockSetBack implements Event {
    private static final Duration BACK = Duration.ofDays(400);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        Path run = pretraining.run("clock");
        pretraining.trainUntil(run, Pretraining.SAVE_STEPS + 2L);
        FileTime future = FileTime.from(Instant.now().plus(BACK));
        try (Stream<Path> paths = Files.walk(run)) {
            for (Path path : paths.toList()) {
                Files.setLastModifiedTime(path, future);
            }
        }
        boolean faked = hasFakeTime();
        List<String> launcher = faked ? List.of("faketime", "-f", "-" + BACK.toDays() + "d") : List.of();
        try (TrainingProcess process = pretraining.start(launcher, run, "--resume")) {
            process.awaitSuccess();
        }
        pretraining.requireSameEnd(run);
        return "resumed %d days before its own files were written (%s) to the same end"
                .formatted(BACK.toDays(), faked ? "by faketime" : "by the times of its files; there is no faketime");
    }

    private static boolean hasFakeTime() throws InterruptedException {
        try {
            return new ProcessBuilder("faketime", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
