package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.core.SequenceModel;
import org.t5j.data.metric.Resampling;

/** The intervals of all scores of an evaluator, the average of tasks among them. */
class IntervalsTest {
    private static final int COUNT = 400;

    /** A share of examples by the name {@code <name>/score}, and a score of which nothing more is known. */
    private record Share(String name, boolean higherIsBetter) implements Evaluation {
        @Override
        public Result evaluate(SequenceModel model) {
            List<Integer> examples =
                    IntStream.range(0, COUNT).mapToObj(i -> i % 2).toList();
            Resampling share = Resampling.of(
                    examples,
                    drawn -> Map.of(
                            mainScore(), 100.0 * drawn.stream().mapToInt(i -> i).sum() / drawn.size()));
            return new Result(Map.of(mainScore(), 50.0, name + "/other", 1.0), List.of(), () -> List.of(share));
        }

        @Override
        public Set<String> scoreNames() {
            return Set.of(mainScore(), name + "/other");
        }

        @Override
        public String mainScore() {
            return name + "/score";
        }

        @Override
        public boolean higherIsBetter(String score) {
            return higherIsBetter;
        }
    }

    private static Map<String, Interval> intervals(Evaluation... evaluations) {
        Evaluator evaluator = Evaluator.of(List.of(evaluations), null);
        return evaluator.intervals(evaluator.evaluate(null, 0), new Bootstrap(0, 2000));
    }

    @Test
    void theAverageOfIndependentTasksIsSurerThanEachIs() {
        Map<String, Interval> intervals = intervals(new Share("a", true), new Share("b", true));
        assertThat(intervals).containsOnlyKeys("a/score", "b/score", "average");
        double half = 1.959964 * 100 * Math.sqrt(0.25 / COUNT);
        assertThat(intervals.get("a/score").low()).isCloseTo(50 - half, within(0.5));
        assertThat(intervals.get("b/score").high()).isCloseTo(50 + half, within(0.5));
        assertThat(intervals.get("average").low()).isCloseTo(50 - half / Math.sqrt(2), within(0.5));
        assertThat(intervals.get("average").high()).isCloseTo(50 + half / Math.sqrt(2), within(0.5));
    }

    @Test
    void whatIsBetterLowIsSubtractedInTheAverage() {
        Interval average =
                intervals(new Share("a", true), new Share("b", false)).get("average");
        assertThat((average.low() + average.high()) / 2).isCloseTo(0, within(0.5));
    }

    @Test
    void oneTaskHasNoAverage() {
        assertThat(intervals(new Share("a", true))).containsOnlyKeys("a/score");
    }
}
