package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.t5j.core.SequenceModel;
import org.t5j.core.T5Exception;

/** Which score the best checkpoint is chosen by, and in which direction. */
class EvaluatorTest {

    private record Fixed(String name, double score, double loss) implements Evaluation {
        @Override
        public Result evaluate(SequenceModel model) {
            return new Result(Map.of(name + "/score", score, name + "/loss", loss), List.of());
        }

        @Override
        public Set<String> scoreNames() {
            return Set.of(name + "/score", name + "/loss");
        }

        @Override
        public String mainScore() {
            return name + "/score";
        }

        @Override
        public boolean higherIsBetter(String scoreName) {
            return !scoreName.equals(name + "/loss") && !name.equals("errors");
        }
    }

    @Test
    void theOnlyEvaluationsMainScoreIsTheDefault() {
        Evaluator evaluator = Evaluator.of(List.of(new Fixed("a", 50, 2)), null);
        assertThat(evaluator.bestScore()).isEqualTo("a/score");
        assertThat(evaluator.isBetter(2, 1)).isTrue();
        assertThat(evaluator.evaluate(null, 7).scores()).containsOnlyKeys("a/score", "a/loss");
    }

    @Test
    void severalEvaluationsAreAveraged() {
        Evaluator evaluator = Evaluator.of(List.of(new Fixed("a", 50, 2), new Fixed("b", 70, 1)), null);
        assertThat(evaluator.bestScore()).isEqualTo("average");
        assertThat(evaluator.evaluate(null, 7).scores()).containsEntry("average", 60.0);
        assertThat(evaluator.isBetter(61, 60)).isTrue();
    }

    @Test
    void errorsAreSubtractedFromTheAverageOfOtherScores() {
        Evaluator mixed = Evaluator.of(List.of(new Fixed("errors", 30, 2), new Fixed("b", 70, 1)), null);
        assertThat(mixed.evaluate(null, 7).scores()).containsEntry("average", 20.0);
        assertThat(mixed.isBetter(21, 20)).isTrue();
        Evaluator errors = Evaluator.of(List.of(new Fixed("errors", 30, 2)), null);
        assertThat(errors.isBetter(29, 30)).isTrue();
    }

    @Test
    void aChosenScoreHasItsOwnDirection() {
        Evaluator evaluator = Evaluator.of(List.of(new Fixed("a", 50, 2), new Fixed("b", 70, 1)), "b/loss");
        assertThat(evaluator.isBetter(0.9, 1)).isTrue();
        assertThat(evaluator.isBetter(1, 1)).isFalse();
    }

    @Test
    void aScoreThatNobodyMakesIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Evaluator.of(List.of(new Fixed("a", 50, 2)), "a/scores"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("eval.metric is \"a/scores\"; did you mean \"a/score\"?");
    }

    @Test
    void withoutEvaluationsThereIsNoScore() {
        assertThat(Evaluator.of(List.of(), null).evaluate(null, 1).scores()).isEmpty();
    }
}
