package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A second process on a run directory is refused, also where both begin at the same time. */
final class TwoProcesses implements Event {
    private static final String REFUSAL = "Another process trains in";

    @Override
    public String name() {
        return "two-processes";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        String together = beginTogether(pretraining, pretraining.run("shared"));
        Path held = pretraining.run("held");
        try (TrainingProcess first = pretraining.start(held)) {
            first.awaitStep(1);
            first.signal("STOP");
            try (TrainingProcess late = pretraining.start(held)) {
                late.awaitFailure(REFUSAL);
            }
            first.signal("CONT");
            first.awaitSuccess();
        }
        pretraining.requireSameEnd(held);
        return "a second process was refused with exit code 1 while the first held still; " + together
                + "; both runs came to the undisturbed one's end";
    }

    private static String beginTogether(Pretraining pretraining, Path run) throws IOException, InterruptedException {
        boolean refused = true;
        try (TrainingProcess first = pretraining.start(run);
                TrainingProcess second = pretraining.start(run)) {
            TrainingProcess failed = first.exitCode() == 0 ? second : first;
            TrainingProcess trained = failed == first ? second : first;
            trained.awaitSuccess();
            if (failed.exitCode() == 0) {
                refused = false;
            } else {
                failed.awaitFailure(REFUSAL);
            }
        }
        pretraining.requireSameEnd(run);
        return refused
                ? "of two that began together one was refused"
                : "of two that began together one found the run done";
    }
}
