package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.t5j.train.run.RunDirectory;

/**
 * SIGKILL again and again on one run: at any time after a process was started, between two saves, and while a checkpoint
 * is written. After each, what is visible must be whole; the end must be that of the undisturbed run.
 */
final class Kills implements Event {
    /** Updates that a run gets ahead from kill to kill, at most on average. */
    private static final int STEPS_APART = 7;
    /** Updates at the end in which nothing is killed, so that none ends before its moment. */
    private static final int LAST_STEPS = 40;

    private static final double LONGEST_SAVE_SECONDS = 0.05;

    private enum Moment {
        STARTING,
        TRAINING,
        SAVING
    }

    private final int kills;

    Kills(int kills) {
        this.kills = kills;
    }

    /** Updates that a run must have to be killed so often. */
    int steps() {
        return kills * STEPS_APART + LAST_STEPS;
    }

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        double stepSeconds = pretraining.undisturbed().secondsOfAStep();
        Path run = pretraining.run("killed");
        int[] at = new int[Moment.values().length];
        int halfWritten = 0;
        long startNanos = TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < kills; i++) {
            Moment moment = Moment.values()[i % at.length];
            long before = newest(run);
            try (TrainingProcess process = pretraining.start(run)) {
                long started = System.nanoTime();
                switch (moment) {
                    case STARTING -> sleep(random.nextLong(startNanos));
                    case TRAINING -> {
                        process.awaitStep(before + 1 + random.nextInt(2 * Pretraining.SAVE_STEPS));
                        sleep((long) (random.nextDouble() * stepSeconds * 1e9));
                    }
                    case SAVING -> {
                        process.awaitMoment(() -> newest(run) > before && process.isSaving());
                        sleep((long) (random.nextDouble() * LONGEST_SAVE_SECONDS * 1e9));
                    }
                }
                startNanos = moment == Moment.STARTING ? startNanos : System.nanoTime() - started;
                BrokenPromise.unless(process.kill(), "the run ended before kill %d: %s", i + 1, process.said());
            }
            at[moment.ordinal()]++;
            halfWritten += VisibleCheckpoints.isAnyHidden(run) ? 1 : 0;
            VisibleCheckpoints.verify(run);
        }
        pretraining.resumeToTheSameEnd(run);
        return "%d kills (%d while starting, %d while training, %d while saving; %d left a hidden, half-written checkpoint),"
                        .formatted(kills, at[0], at[1], at[2], halfWritten)
                + " every visible checkpoint whole each time; parameters and optimizer after %d updates bitwise those of"
                        .formatted(pretraining.steps())
                + " the undisturbed run";
    }

    private static long newest(Path run) {
        return RunDirectory.of(run).steps().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }
}
