package org.t5j.train;

import java.nio.file.Path;
import org.t5j.data.source.BadRows;
import org.t5j.train.evaluate.EvaluationReport;

/** Is told what happens in a run, in the thread of the run; what it throws ends the run. */
public interface TrainingListener {

    /**
     * Bad rows of the data were passed over when they were read; told before {@link #started}, once for each data set that
     * has some.
     *
     * @param state that training begins or goes on at
     * @param data name of the data set, such as {@code corpus}, {@code validation} or {@code <task>-train}
     */
    default void skipped(TrainingState state, String data, BadRows rows) {}

    /** Training begins or goes on at {@code state}. */
    default void started(TrainingState state, long totalSteps) {}

    /**
     * Other parameters than before are trained after {@code step} updates; told before the first update too.
     *
     * @param trained weights that are trained
     * @param all weights of the model
     */
    default void trains(long step, long trained, long all) {}

    /** An update was made. */
    default void stepped(StepReport report) {}

    /** The model is about to be scored, which may take long where it writes. */
    default void evaluating(TrainingState state) {}

    /** The model was scored. */
    default void evaluated(EvaluationReport report) {}

    /** A checkpoint is safe. */
    default void saved(TrainingState state, Path checkpoint) {}

    /** Training is complete: all updates were made, or no more are wanted. */
    default void ended(TrainingState state) {}
}
