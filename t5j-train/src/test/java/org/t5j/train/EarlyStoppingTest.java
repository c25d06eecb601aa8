package org.t5j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.t5j.data.batch.DataPosition;
import org.t5j.train.config.ConfigException;

/** When patience is over: a matter of the state alone. */
class EarlyStoppingTest {
    private static final EarlyStopping TWO = new EarlyStopping(2, 100, "t/accuracy");

    private static TrainingState state(long step, long best) {
        return new TrainingState(
                step, 0, 0, 0, 0, DataPosition.start(), new TrainingState.BestScore(best, "t/accuracy", 50));
    }

    @Test
    void itEndsWithTheEvaluationThatWearsPatienceOut() {
        assertThat(TWO.test(state(300, 300))).isFalse();
        assertThat(TWO.test(state(400, 300))).isFalse();
        assertThat(TWO.test(state(499, 300))).isFalse();
        assertThat(TWO.test(state(500, 300))).isTrue();
        assertThat(TWO.test(state(501, 300))).isTrue();
    }

    /** The last evaluation of a run of 250 updates, which was then made longer. */
    @Test
    void evaluationsAreCountedThatStandBetween() {
        assertThat(TWO.test(state(300, 250))).isFalse();
        assertThat(TWO.test(state(400, 250))).isTrue();
    }

    @Test
    void withoutABestOfThisScoreThereIsNothingToWaitFor() {
        assertThat(TWO.test(TrainingState.start())).isFalse();
        assertThat(new EarlyStopping(2, 100, "t/bleu").test(state(900, 300))).isFalse();
    }

    @Test
    void noPatienceIsEndless() {
        assertThat(new EarlyStopping(0, 0, "").test(state(900, 300))).isFalse();
        assertThatThrownBy(() -> new EarlyStopping(1, 0, "x")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new EarlyStopping(-1, 5, "x"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("patience must not be negative");
    }
}
