package org.t5j.train;

import java.util.function.Predicate;
import org.t5j.train.config.Require;

/**
 * Whether the last evaluations of a run were no better than its best. It hangs on the state alone, so that a resumed run
 * ends where one that was never stopped does.
 *
 * @param patience evaluations without a better score that are waited for; 0 to wait for ever
 * @param everySteps updates between evaluations, at least 1 with a patience
 * @param score that counts
 */
public record EarlyStopping(int patience, long everySteps, String score) implements Predicate<TrainingState> {

    public EarlyStopping {
        Require.that(patience >= 0, "patience", "must not be negative (0: no early stopping)", patience);
        Require.that(patience == 0 || everySteps >= 1, "everySteps", "must be at least 1 with a patience", everySteps);
    }

    /** Whether training is over at {@code state}; never before a first evaluation. */
    @Override
    public boolean test(TrainingState state) {
        TrainingState.BestScore best = state.best();
        return patience > 0
                && best != null
                && best.score().equals(score)
                && state.step() / everySteps - best.step() / everySteps >= patience;
    }
}
