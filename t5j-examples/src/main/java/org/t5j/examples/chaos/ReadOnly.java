package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A run directory that may not be written to: resuming is refused before anything is trained. */
final class ReadOnly implements Event {
    private static final String MOUNT =
            "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" || exit 99; shift; exec \"$@\"";

    @Override
    public String name() {
        return "read-only";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        Path run = pretraining.run("read-only");
        pretraining.trainUntil(run, 1 + Pretraining.SAVE_STEPS);
        long bytes = FileTrees.bytes(run);
        Optional<List<String>> launcher = PrivateMounts.launcher(MOUNT, run.toString());
        if (launcher.isEmpty()) {
            return withoutPermission(pretraining, run);
        }
        String error = refusal(pretraining, run, launcher.get());
        BrokenPromise.unless(FileTrees.bytes(run) == bytes, "something was written to %s", run);
        pretraining.resumeToTheSameEnd(run);
        return "on a read-only mount refused: \"" + error + "\"; resumed to the same end when it was writable";
    }

    private static String withoutPermission(Pretraining pretraining, Path run)
            throws IOException, InterruptedException {
        boolean heeded = run.toFile().setWritable(false) && !Files.isWritable(run);
        try {
            if (!heeded) {
                throw new Impossible("the system allows no mounts (unshare), and this user may write everywhere");
            }
            refusal(pretraining, run.resolve("new"), List.of());
        } finally {
            run.toFile().setWritable(true);
        }
        pretraining.resumeToTheSameEnd(run);
        return "a run below a directory without permission to write was refused";
    }

    private static String refusal(Pretraining pretraining, Path run, List<String> launcher)
            throws IOException, InterruptedException {
        try (TrainingProcess process = pretraining.start(launcher, run, "--resume")) {
            return process.awaitFailure("Cannot write to the run directory");
        }
    }
}
