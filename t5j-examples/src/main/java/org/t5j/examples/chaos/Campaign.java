package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Events that a run must survive, each brought upon a small pre-training in processes of its own and compared with one
 * that was left alone.
 */
public final class Campaign {
    /** Updates of the runs that are not killed again and again: so many that none ends before its event. */
    private static final int STEPS = 80;

    private final Path directory;
    private final Class<?> command;
    private final int kills;
    private final long seed;

    /**
     * A campaign.
     *
     * @param directory new or empty, in which all runs and what they said are kept
     * @param command the main class of the command line, of which each run is a process
     * @param kills number of SIGKILLs on one run, at least 1
     * @param seed of the moments and places of all events
     */
    public Campaign(Path directory, Class<?> command, int kills, long seed) {
        this.directory = directory;
        this.command = command;
        this.kills = kills;
        this.seed = seed;
    }

    /** The names of all events. */
    public static List<String> events() {
        return new Campaign(Path.of(""), Campaign.class, 1, 0)
                .all().stream().map(Event::name).toList();
    }

    private List<Event> all() {
        return List.of(
                new Kills(kills),
                new Termination(),
                new FullDisk(),
                new ReadOnly(),
                new DeletedDirectory(),
                new DamagedCheckpoint(true),
                new DamagedCheckpoint(false),
                new TwoProcesses(),
                new ClockSetBack(),
                new ChangedData());
    }

    /**
     * Brings the named events about, one after the other.
     *
     * @param listener told of each finding at once
     */
    public List<Finding> run(List<String> names, Consumer<Finding> listener) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Pretraining common = null;
        for (Event event : all()) {
            if (names.contains(event.name())) {
                Pretraining pretraining;
                if (event instanceof Kills repeated) {
                    pretraining = Pretraining.in(directory.resolve(event.name()), command, repeated.steps());
                } else {
                    common = common == null ? Pretraining.in(directory.resolve("events"), command, STEPS) : common;
                    pretraining = common;
                }
                Finding finding = befall(event, pretraining);
                listener.accept(finding);
                findings.add(finding);
            }
        }
        return findings;
    }

    /** Deletes the directory of a campaign. */
    public static void delete(Path directory) throws IOException {
        FileTrees.delete(directory);
    }

    /** The random numbers of an event do not depend on which others there are. */
    private Finding befall(Event event, Pretraining pretraining) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed * 31 + event.name().hashCode());
        long started = System.nanoTime();
        Finding.Outcome outcome;
        String seen;
        try {
            seen = event.befall(pretraining, random);
            outcome = Finding.Outcome.HELD;
        } catch (Event.Impossible e) {
            seen = e.getMessage();
            outcome = Finding.Outcome.SKIPPED;
        } catch (BrokenPromise | IOException e) {
            seen = e instanceof IOException ? e.toString() : e.getMessage();
            outcome = Finding.Outcome.BROKEN;
        }
        return new Finding(event.name(), outcome, seen, (System.nanoTime() - started) * 1e-9);
    }
}
