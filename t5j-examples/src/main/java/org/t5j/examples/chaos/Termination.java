package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.t5j.train.run.RunDirectory;

/** SIGTERM: the run makes its update, saves it and ends. */
final class Termination implements Event {
    /** As shells count it: 128 and the number of the signal. */
    private static final int EXIT_CODE = 128 + 15;

    @Override
    public String name() {
        return "term";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        Path run = pretraining.run("terminated");
        try (TrainingProcess process = pretraining.start(run)) {
            process.awaitStep(1 + random.nextInt(2 * Pretraining.SAVE_STEPS));
            process.terminate();
            int code = process.exitCode();
            BrokenPromise.unless(code == EXIT_CODE, "the exit code is %d, not %d", code, EXIT_CODE);
            String said = process.said();
            BrokenPromise.unless(
                    said.contains("training stops after this step and saves a checkpoint"),
                    "the run does not say that it saves: %s",
                    said);
            long saved = RunDirectory.of(run).steps().stream()
                    .reduce((first, last) -> last)
                    .orElse(0L);
            BrokenPromise.unless(
                    saved == process.loggedStep(),
                    "the newest checkpoint is of step %d, the log ends at %d",
                    saved,
                    process.loggedStep());
            VisibleCheckpoints.verify(run);
            VisibleCheckpoints.requireNothingHidden(run);
            pretraining.resumeToTheSameEnd(run);
            return "stopped and saved at step %d of %d, exit code %d; resumed to the same end"
                    .formatted(saved, pretraining.steps(), code);
        }
    }
}
