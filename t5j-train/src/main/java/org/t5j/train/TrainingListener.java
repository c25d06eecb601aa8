package org.t5j.train;

import java.nio.file.Path;
import org.t5j.train.evaluate.EvaluationReport;

/** Is told what happens in a run, in the thread of the run; what it throws ends the run. */
public interface TrainingListener {

    /** Training begins or goes on at {@code state}. */
    default void started(TrainingState state, long totalSteps) {}

    /** An update was made. */
    default void stepped(StepReport report) {}

    /** The model was scored. */
    default void evaluated(EvaluationReport report) {}

    /** A checkpoint is safe. */
    default void saved(TrainingState state, Path checkpoint) {}

    /** All updates were made. */
    default void ended(TrainingState state) {}
}
