package org.t5j.data.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Golden;

/** Every metric on cases worked out by hand, and BLEU against sacrebleu's recorded scores. */
class MetricsTest {

    private static double score(String metric, List<String> targets, List<String> predictions) {
        Map<String, Double> scores = Metrics.named(metric).compute(targets, predictions);
        assertThat(scores).hasSize(1);
        return scores.values().iterator().next();
    }

    @Test
    void accuracyCountsExactMatches() {
        assertThat(score("accuracy", List.of("a", "b", "c", "d"), List.of("a", "B", "c", "d ")))
                .isEqualTo(50);
    }

    @Test
    void wordAccuracyComparesPlaces() {
        assertThat(score("word_accuracy", List.of("a b c", "d"), List.of("a x", "d e f")))
                .isEqualTo(50);
    }

    @Test
    void macroF1IsTheMeanOverTheTargetsClasses() {
        // yes: 1 right of 2 wanted and 1 predicted, F1 2/3; no: 1 right of 1 wanted and 2 predicted, F1 2/3
        assertThat(score("f1_macro", List.of("yes", "yes", "no"), List.of("yes", "no", "no")))
                .isCloseTo(200.0 / 3, within(1e-9));
        // an invalid answer costs recall and makes no class
        assertThat(score("f1_macro", List.of("yes", "no"), List.of("yes", "perhaps")))
                .isEqualTo(50);
    }

    @Test
    void errorRatesAreEditsByTheTargetsLength() {
        assertThat(score("character_error_rate", List.of("kitten", "ab"), List.of("sitting", "ab")))
                .isEqualTo(37.5);
        assertThat(score("word_error_rate", List.of("the cat sat", "x"), List.of("the sat", "x y")))
                .isEqualTo(50);
        assertThat(score("character_error_rate", List.of("😀"), List.of("😁"))).isEqualTo(100);
        assertThat(Metrics.named("word_error_rate").higherIsBetter()).isFalse();
    }

    @Test
    void bleuIsSacrebleus() {
        for (JsonNode recorded : Golden.read("bleu.json").get("cases")) {
            List<String> targets = texts(recorded.get("targets"));
            List<String> predictions = texts(recorded.get("predictions"));
            Map<String, String> columns = Map.of("bleu_none", "none", "bleu", "13a", "bleu_intl", "intl");
            columns.forEach((metric, column) -> assertThat(score(metric, targets, predictions))
                    .as("%s of %s", metric, predictions)
                    .isCloseTo(recorded.get(column).asDouble(), within(1e-9)));
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void everyMetricRefusesListsThatDoNotPair() {
        for (String name : Metrics.names()) {
            assertThatThrownBy(() -> Metrics.named(name).compute(List.of("a"), List.of()))
                    .as(name)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("there are 0 and 1");
            assertThatThrownBy(() -> Metrics.named(name).compute(List.of(), List.of()))
                    .isInstanceOf(DataException.class);
        }
    }

    @Test
    void anUnknownMetricNamesTheNearest() {
        assertThatThrownBy(() -> Metrics.named("acuracy"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no metric named 'acuracy'. Did you mean 'accuracy'?");
    }
}
