package org.t5j.train.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.train.config.ConfigException;

/**
 * Which checkpoints of a run are meant: {@code best}, {@code latest}, {@code all}, or steps such as {@code 1000,2000}. A
 * single model can only be meant itself, as {@code best}.
 */
public final class CheckpointChoice {
    /** The one with the best evaluation. */
    public static final CheckpointChoice BEST = new CheckpointChoice("best");

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointChoice.class);
    private static final String STEPS = "\\d{1,18}(,\\d{1,18})*";

    private final String name;

    private CheckpointChoice(String name) {
        this.name = name;
    }

    /** @throws ConfigException where {@code name} is none of those */
    public static CheckpointChoice of(String name) {
        if (!List.of("best", "latest", "all").contains(name) && !name.matches(STEPS)) {
            throw new ConfigException(
                    "steps must be best, latest, all, or numbers such as 1000,2000, found \"" + name + "\"");
        }
        return new CheckpointChoice(name);
    }

    /** Whether more than one checkpoint may be meant. */
    public boolean several() {
        return name.equals("all") || name.contains(",");
    }

    /**
     * The checkpoints that are meant, in the order of their steps; of {@code all}, damaged ones are passed over with a
     * warning.
     *
     * @param directory a run, or a model
     * @throws T5Exception where it is neither, there is no such checkpoint, or one that is named is damaged
     */
    public List<Path> in(Path directory) {
        if (name.equals("best") || !Files.isDirectory(directory)) {
            return List.of(ModelDirectory.of(directory));
        }
        if (Files.exists(directory.resolve(HfConfig.FILE))) {
            throw new T5Exception(directory + " is a single model, of which there are no steps to choose from; name"
                    + " the directory of a training run");
        }
        RunDirectory run = RunDirectory.of(directory);
        if (run.steps().isEmpty()) {
            throw new T5Exception(directory + " is no training run with checkpoints; name the directory of one");
        }
        return switch (name) {
            case "latest" -> List.of(run.latest().orElseThrow());
            case "all" -> undamaged(run);
            default -> named(run);
        };
    }

    private static List<Path> undamaged(RunDirectory run) {
        List<Path> found = new ArrayList<>();
        for (long step : run.steps()) {
            try {
                requireWhole(run.checkpoint(step));
                found.add(run.checkpoint(step));
            } catch (T5Exception damaged) {
                LOG.warn("{}; it is passed over", damaged.getMessage());
            }
        }
        if (found.isEmpty()) {
            throw new T5Exception("All checkpoints in " + run.checkpoints() + " are damaged; there is nothing to use");
        }
        return found;
    }

    private List<Path> named(RunDirectory run) {
        List<Long> wanted = Arrays.stream(name.split(","))
                .map(Long::parseLong)
                .distinct()
                .sorted()
                .toList();
        for (long step : wanted) {
            if (!run.steps().contains(step)) {
                throw new T5Exception(run.path() + " has no checkpoint of step " + step + ", only of "
                        + run.steps().stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + ". Name one of these; a run keeps all with checkpoint.keepLast=0");
            }
            requireWhole(run.checkpoint(step));
        }
        return wanted.stream().map(run::checkpoint).toList();
    }

    private static void requireWhole(Path checkpoint) {
        try {
            if (!CheckpointDirectory.verify(checkpoint)) {
                throw new T5Exception("it has no checksums");
            }
        } catch (T5Exception e) {
            throw new T5Exception(checkpoint + " is damaged (" + e.getMessage() + ")", e);
        }
    }
}
