package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.train.run.RunDirectory;

/** A file of the newest checkpoint is cut or has a bit flipped: it is found out, said, and the one before is used. */
final class DamagedCheckpoint implements Event {
    private final boolean cut;

    /** @param cut whether the file is truncated, else one bit of it is flipped */
    DamagedCheckpoint(boolean cut) {
        this.cut = cut;
    }

    @Override
    public String name() {
        return cut ? "truncated" : "flipped";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        Path run = pretraining.run(name());
        pretraining.trainUntil(run, 2L * Pretraining.SAVE_STEPS + 2);
        Path newest = RunDirectory.of(run).latest().orElseThrow();
        List<Path> files = filesOf(newest);
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            damage(file, random);
            BrokenPromise.unless(!isWhole(newest), "a damaged %s goes unnoticed", file);
            Files.write(file, whole);
        }
        BrokenPromise.unless(isWhole(newest), "%s is not whole after it was mended", newest);
        Path file = files.get(random.nextInt(files.size()));
        damage(file, random);
        TrainingProcess resumed = pretraining.resumeToTheSameEnd(run);
        String said = resumed.said();
        BrokenPromise.unless(said.contains(newest + " is damaged"), "the damage is not told: %s", said);
        return "found in each of the %d files of a checkpoint; with a damaged %s resumed from the one before, said so, to"
                        .formatted(files.size(), newest.relativize(file))
                + " the same end";
    }

    private static boolean isWhole(Path checkpoint) {
        try {
            return CheckpointDirectory.verify(checkpoint);
        } catch (T5Exception damaged) {
            return false;
        }
    }

    private static List<Path> filesOf(Path checkpoint) throws IOException {
        try (Stream<Path> files = Files.walk(checkpoint)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void damage(Path file, SplittableRandom random) throws IOException {
        if (cut) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(random.nextLong(channel.size()));
            }
        } else {
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.write(file, bytes);
        }
    }
}
