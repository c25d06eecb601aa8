package org.t5j.train.schedule;

/** The learning rate as a function of the step alone, so that a resumed run needs nothing but its step. */
public interface Schedule {

    /**
     * The rate of a step.
     *
     * @param step number of steps taken before it, from 0
     */
    double learningRate(long step);

    /** Steps over which the rate rises; 0 for schedules that begin at their highest. */
    default long warmupSteps() {
        return 0;
    }

    /** This schedule in a run of {@code totalSteps} steps; those that end with the run take their end from it. */
    default Schedule over(long totalSteps) {
        return this;
    }
}
