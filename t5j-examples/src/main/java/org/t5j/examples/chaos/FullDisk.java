package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.t5j.train.run.RunDirectory;

/**
 * A checkpoint for which there is no room, on a small disk where the system lets one be made, else by a limit on the size
 * of files: the run stops and says so, leaves nothing half-written, and goes on when there is room.
 */
final class FullDisk implements Event {
    /** $1 the run, $2 the place of the disk, $3 its bytes, $4 where all that was on it is copied to. */
    private static final String ON_A_SMALL_DISK = """
            mount -t tmpfs -o size="$3" tmpfs "$2" && cp -a "$1/." "$2/" || exit 99
            disk=$2 copy=$4
            shift 4
            "$@"
            code=$?
            cp -a "$disk/." "$copy/"
            exit $code
            """;

    private static final String WITH_A_LIMIT = "ulimit -f \"$1\"; shift; exec \"$@\"";

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        Path run = pretraining.run("starved");
        pretraining.trainUntil(run, 1 + Pretraining.SAVE_STEPS + random.nextInt(Pretraining.SAVE_STEPS));
        Path checkpoint = RunDirectory.of(run).latest().orElseThrow();
        long room = FileTrees.bytes(checkpoint) / 4 + random.nextLong(FileTrees.bytes(checkpoint) / 2);
        String limited = withALimit(pretraining, run, Files.size(checkpoint.resolve("model.safetensors")) / 2048);
        Optional<String> full = onASmallDisk(pretraining, run, room);
        pretraining.resumeToTheSameEnd(run);
        return "%s; %snothing half-written stayed; resumed to the same end when there was room"
                .formatted(limited, full.map(error -> error + "; ").orElse(""));
    }

    private static String withALimit(Pretraining pretraining, Path run, long kib)
            throws IOException, InterruptedException {
        List<String> launcher = List.of("/bin/bash", "-c", WITH_A_LIMIT, "bash", Long.toString(kib));
        try (TrainingProcess process = pretraining.start(launcher, run, "--resume")) {
            process.awaitFailure("a file may not become that large");
        }
        requireNothingHalfWritten(run);
        return "with ulimit -f " + kib + " the run stopped with exit code 1 and the reason";
    }

    private static Optional<String> onASmallDisk(Pretraining pretraining, Path run, long room)
            throws IOException, InterruptedException {
        Path disk = Files.createDirectory(pretraining.run("disk"));
        Path copy = Files.createDirectory(pretraining.run("copy-of-disk"));
        long bytes = FileTrees.bytes(run) + room;
        Optional<List<String>> launcher = PrivateMounts.launcher(
                ON_A_SMALL_DISK, run.toString(), disk.toString(), Long.toString(bytes), copy.toString());
        if (launcher.isEmpty()) {
            return Optional.empty();
        }
        try (TrainingProcess process = pretraining.start(launcher.get(), disk, "--resume")) {
            process.awaitFailure("the disk is full");
        }
        requireNothingHalfWritten(copy);
        pretraining.resumeToTheSameEnd(copy);
        return Optional.of(
                "on a disk of " + bytes / 1024 + " KiB it stopped with exit code 1 and \"the disk is full\"");
    }

    private static void requireNothingHalfWritten(Path run) throws IOException {
        VisibleCheckpoints.verify(run);
        VisibleCheckpoints.requireNothingHidden(run);
    }
}
