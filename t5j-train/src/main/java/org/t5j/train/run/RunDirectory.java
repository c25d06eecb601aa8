package org.t5j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;

/** Where the files of a run stand. Reading needs nothing; {@link #lock} before writing. */
public final class RunDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
    private static final String CACHE = "cache";
    private static final Pattern STEP = Pattern.compile("step-(\\d+)");

    private final Path path;
    private final Set<Path> passedOver = new HashSet<>();
    private RunLock lock;

    private RunDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** The run in {@code path}, which need not exist yet. */
    public static RunDirectory of(Path path) {
        return new RunDirectory(path);
    }

    /** The run of a checkpoint, which stands in {@code RUN/checkpoints/step-N}; an empty one where it stands in none. */
    public static RunDirectory ofCheckpoint(Path checkpoint) {
        Path checkpoints = checkpoint.toAbsolutePath().normalize().getParent();
        Path run = checkpoints == null ? null : checkpoints.getParent();
        return new RunDirectory(run == null ? checkpoint : run);
    }

    /** The directory, absolute. */
    public Path path() {
        return path;
    }

    /** All settings of the run. */
    public Path config() {
        return path.resolve("config.yaml");
    }

    /** What happened. */
    public Path log() {
        return path.resolve("log.jsonl");
    }

    /** The numbers of {@link #log} for TensorBoard, which knows such files by {@code tfevents} in their names. */
    public Path events() {
        return path.resolve("events.out.tfevents.t5j");
    }

    /** Where the predictions of evaluations stand, in a directory {@code step-N} for each. */
    public Path predictions() {
        return path.resolve("predictions");
    }

    /** A page about the run. */
    public Path report() {
        return path.resolve("report.html");
    }

    /** What the newest part of the run was made with. */
    public Path environment() {
        return path.resolve("environment.json");
    }

    /** Where the tokens of large files stand, unless the configuration names another place. */
    public Path cache() {
        return path.resolve(CACHE);
    }

    /** Where the checkpoints stand, each in a directory of its own. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** Where the checkpoint after {@code step} updates stands or would stand. */
    public Path checkpoint(long step) {
        return checkpoints().resolve("step-" + step);
    }

    /** The steps of all checkpoints, oldest first. */
    public List<Long> steps() {
        if (!Files.isDirectory(checkpoints())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checkpoints())) {
            return files.map(file -> STEP.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> Long.parseLong(matcher.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + checkpoints() + ": " + FileFailure.reason(e), e);
        }
    }

    /**
     * Checks that the directory is new, empty or that of a run. Hidden files do not count, and beside the checkpoints of
     * a run anything may stand.
     *
     * @throws T5Exception naming something that is not of a run
     */
    void requireNothingForeign() {
        if (Files.isDirectory(checkpoints())) {
            ForeignFiles.refuseOthersThan(STEP, checkpoints(), "a run");
        } else {
            ForeignFiles.refuseOthersThan(Pattern.compile(CACHE), path, "a run");
        }
    }

    /** The newest checkpoint whose checksums are right; damaged ones are passed over with a warning, one for each. */
    public Optional<Path> latest() {
        List<Long> newestFirst =
                steps().stream().sorted(Comparator.reverseOrder()).toList();
        for (long step : newestFirst) {
            try {
                if (CheckpointDirectory.verify(checkpoint(step))) {
                    return Optional.of(checkpoint(step));
                }
                warnOnce(checkpoint(step), "has no checksums");
            } catch (T5Exception damaged) {
                warnOnce(checkpoint(step), "is damaged (" + damaged.getMessage() + ")");
            }
        }
        if (!newestFirst.isEmpty()) {
            throw new T5Exception("All checkpoints in " + checkpoints()
                    + " are damaged; there is nothing to go on from." + " Start anew in another directory");
        }
        return Optional.empty();
    }

    private void warnOnce(Path checkpoint, String problem) {
        if (passedOver.add(checkpoint)) {
            LOG.warn("{} {} and is passed over", checkpoint, problem);
        }
    }

    /** The checkpoint with the best evaluation, or the newest where nothing was evaluated. */
    public Optional<Path> best() {
        Optional<Path> latest = latest();
        return latest.map(TrainingCheckpoint::readState)
                .map(TrainingState::best)
                .map(best -> checkpoint(best.step()))
                .filter(Files::isDirectory)
                .or(() -> latest);
    }

    /**
     * Makes the directory and keeps other processes from writing to it until closed.
     *
     * @throws T5Exception where another process trains there or it cannot be written
     */
    RunLock lock() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new T5Exception(path + " is a file; name a directory for the run");
        }
        lock = RunLock.take(this);
        return lock;
    }

    Path lockFile() {
        return path.resolve(".lock");
    }

    /**
     * Checks that the directory is still the one that {@link #lock} locked.
     *
     * @throws T5Exception where it was deleted or moved away
     */
    void requireThere() {
        lock.requireHeld();
    }

    /** {@link #requireThere} after every update, so that a run whose directory is gone does not compute for nothing. */
    TrainingListener guard() {
        return new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                requireThere();
            }
        };
    }

    /** Removes a checkpoint so that a process which dies meanwhile leaves none that looks whole. */
    void delete(long step) {
        Path directory = checkpoint(step);
        Path hidden = directory.resolveSibling("." + directory.getFileName() + ".incomplete");
        try {
            Files.move(directory, hidden, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new T5Exception("Cannot remove the old checkpoint " + directory + ": " + FileFailure.reason(e), e);
        }
        CheckpointDirectory.recoverAll(checkpoints());
    }
}
