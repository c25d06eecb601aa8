package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** The run directory is deleted under a run: it stops, and does not make the directory again. */
final class DeletedDirectory implements Event {

    @Override
    public String name() {
        return "deleted";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        Path run = pretraining.run("deleted");
        try (TrainingProcess process = pretraining.start(run)) {
            process.awaitStep(1 + random.nextInt(2 * Pretraining.SAVE_STEPS));
            FileTrees.delete(run);
            process.awaitFailure("was deleted or moved away while the run went on");
        }
        BrokenPromise.unless(!Files.exists(run), "%s was made again", run);
        return "the run stopped with exit code 1 and the reason; the directory was not made again";
    }
}
