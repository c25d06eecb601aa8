package org.t5j.data.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.t5j.data.metric.MetricCases.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Golden;

/** Metrics of classes and of numbers against T5's, sklearn and scipy, run and as T5's unit tests publish. */
class LabelMetricsTest {

    private static double score(String metric, String targets, String predictions) {
        return Metrics.named(metric)
                .compute(List.of(targets.split(" ")), List.of(predictions.split(" ")))
                .get(metric);
    }

    private static void assertRecorded(String kind) {
        JsonNode cases = Golden.read("metrics/labels.json").get(kind);
        assertThat(cases.size()).isGreaterThan(10);
        for (JsonNode recorded : cases) {
            List<Scored> results = results(recorded);
            recorded.get("scores").properties().forEach(score -> {
                // null is scipy's NaN
                double expected =
                        score.getValue().isNull() ? 0 : score.getValue().asDouble();
                assertThat(Metrics.named(score.getKey()).compute(results))
                        .as("%s of %s", score.getKey(), recorded)
                        .containsOnlyKeys(score.getKey())
                        .hasEntrySatisfying(
                                score.getKey(), value -> assertThat(value).isCloseTo(expected, within(1e-9)));
            });
        }
    }

    @Test
    void classesAreScoredAsSklearnDoes() {
        assertRecorded("classes");
    }

    @Test
    void numbersAreScoredAsScipyDoes() {
        assertRecorded("numbers");
    }

    /** metrics_test.py of T5. */
    @Test
    void publishedScores() {
        assertThat(score("accuracy", "0 0 2 1", "0 1 2 1")).isEqualTo(75);
        assertThat(score("mean_3class_f1", "0 1 1 2", "0 0 2 2")).isCloseTo(44.44444444444444, within(1e-9));
        assertThat(score("f1_with_invalid", "0 1 1 0", "0 1 2 2")).isEqualTo(50);
        assertThat(score("matthews_corrcoef", "0 0 2 1", "0 1 2 1")).isCloseTo(70, within(1e-9));
        assertThat(score("pearson_corrcoef", "0 2", "0 1")).isCloseTo(100, within(1e-9));
        assertThat(score("spearman_corrcoef", "0 2 1", "0 1 2")).isCloseTo(50, within(1e-9));
        assertThat(Metrics.named("sequence_accuracy")
                        .compute(
                                List.of("this is a string.", "this is a completely different string."),
                                List.of("this is a string.", "this is a string.")))
                .containsEntry("sequence_accuracy", 50.0);
    }

    @Test
    void anInvalidAnswerCostsPrecisionOnlyWhereT5SaysSo() {
        // wanted 1 1 0 0, answered 1 1 and twice nothing
        assertThat(score("f1", "1 1 0 0", "1 1 x -1")).isEqualTo(100);
        assertThat(score("f1_with_invalid", "1 1 0 0", "1 1 x -1")).isCloseTo(200.0 / 3, within(1e-9));
        assertThat(score("f1", "True False", "True maybe")).isEqualTo(100);
        assertThat(score("f1_micro", "yes no no", "yes yes perhaps")).isEqualTo(40);
    }

    @Test
    void aTargetThatIsNoClassNumberIsExplained() {
        assertThatThrownBy(() -> score("f1", "1 yes", "1 1"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'f1' compares class numbers from 0 to 1")
                .hasMessageContaining("is 'yes'")
                .hasMessageContaining("f1_macro");
        assertThatThrownBy(() -> score("mean_3class_f1", "3", "1")).isInstanceOf(DataException.class);
    }

    @Test
    void whatIsNoFiniteNumberCountsAsMinusOne() {
        double expected = score("pearson_corrcoef", "1 2 3 4", "1 -1 3 -1");
        for (String odd : List.of("nan", "NaN", "inf", "1e999", "three", "3.8f", "0x1p3", "٣")) {
            assertThat(score("pearson_corrcoef", "1 2 3 4", "1 " + odd + " 3 " + odd))
                    .as(odd)
                    .isEqualTo(expected);
        }
        assertThat(Metrics.named("pearson_corrcoef").compute(List.of("1", "2"), List.of(" 1.0\n", "+2.")))
                .hasEntrySatisfying(
                        "pearson_corrcoef", value -> assertThat(value).isCloseTo(100, within(1e-9)));
        assertThatThrownBy(() -> score("spearman_corrcoef", "1 high", "1 2"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is 'high'");
    }

    @Test
    void numbersOfAnySizeGiveAFiniteScore() {
        assertThat(score("pearson_corrcoef", "1 2 3", "1e308 1.7e308 -1.7e308")).isBetween(-100.0, 0.0);
        assertThat(score("pearson_corrcoef", "1e-300 2e-300 3e-300", "1 2 3")).isCloseTo(100, within(1e-9));
    }

    @Test
    void anUndefinedCorrelationIsZero() {
        assertThat(score("pearson_corrcoef", "1 2 3", "0.1 0.1 0.1")).isZero();
        assertThat(score("spearman_corrcoef", "1 1 1", "1 2 3")).isZero();
        assertThat(score("pearson_corrcoef", "1", "1")).isZero();
        assertThat(score("matthews_corrcoef", "1 1", "1 1")).isZero();
    }
}
