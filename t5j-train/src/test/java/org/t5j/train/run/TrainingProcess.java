package org.t5j.train.run;

import java.nio.file.Path;
import org.t5j.train.Fixtures;
import org.t5j.train.setup.TrainConfig;

/** A training process to be killed: {@code corpus runDirectory stepsBetweenCheckpoints}. Resumes where it can. */
public final class TrainingProcess {
    private TrainingProcess() {}

    public static void main(String[] arguments) {
        int checkpointSteps = Integer.parseInt(arguments[2]);
        Training.of(config(Path.of(arguments[0]), checkpointSteps)).run(Path.of(arguments[1]), true);
    }

    static TrainConfig config(Path corpus, int checkpointSteps) {
        return Fixtures.pretraining(
                corpus,
                "optim={totalSteps: 60, dropoutRate: 0.1, gradAcc: 2}",
                "checkpoint={everySteps: " + checkpointSteps + ", keepLast: 2}");
    }
}
