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
        Path shared = pretraining.run("shared");
        try (TrainingProcess first = pretraining.start(shared);
                TrainingProcess second = pretraining.start(shared)) {
            TrainingProcess refused = first.exitCode() == 0 ? second : first;
            TrainingProcess trained = refused == first ? second : first;
            refused.awaitFailure(REFUSAL);
            trained.awaitSuccess();
        }
        pretraining.requireSameEnd(shared);
        Path held = pretraining.run("held");
        try (TrainingProcess first = pretraining.start(held)) {
            first.awaitStep(1);
            try (TrainingProcess late = pretraining.start(held)) {
                late.awaitFailure(REFUSAL);
            }
            first.awaitSuccess();
        }
        pretraining.requireSameEnd(held);
        return "of two that began together one was refused with exit code 1, of two in turn the second; the other came to"
                + " the undisturbed run's end";
    }
}
