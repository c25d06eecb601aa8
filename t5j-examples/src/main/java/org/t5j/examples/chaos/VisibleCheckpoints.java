package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.train.run.RunDirectory;

/** What a reader finds in the directory of checkpoints at any time. */
final class VisibleCheckpoints {
    private VisibleCheckpoints() {}

    /** Checks that all that is visible is whole by its checksums; there may be nothing. */
    static void verify(Path directory) throws IOException {
        RunDirectory run = RunDirectory.of(directory);
        for (Path visible : entries(run, false)) {
            BrokenPromise.unless(
                    visible.getFileName().toString().matches("step-\\d+"), "there is a visible %s", visible);
        }
        for (long step : run.steps()) {
            try {
                boolean hasChecksums = CheckpointDirectory.verify(run.checkpoint(step));
                BrokenPromise.unless(hasChecksums, "%s is visible without checksums", run.checkpoint(step));
            } catch (T5Exception e) {
                BrokenPromise.unless(false, "%s is visible and not whole: %s", run.checkpoint(step), e.getMessage());
            }
        }
    }

    /** Checks that no half-written checkpoint waits to be removed. */
    static void requireNothingHidden(Path directory) throws IOException {
        List<Path> hidden = entries(RunDirectory.of(directory), true);
        BrokenPromise.unless(hidden.isEmpty(), "%s was left behind", hidden);
    }

    /** Whether a half-written checkpoint waits to be removed. */
    static boolean isAnyHidden(Path directory) throws IOException {
        return !entries(RunDirectory.of(directory), true).isEmpty();
    }

    private static List<Path> entries(RunDirectory run, boolean hidden) throws IOException {
        if (!Files.isDirectory(run.checkpoints())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".") == hidden)
                    .toList();
        }
    }
}
