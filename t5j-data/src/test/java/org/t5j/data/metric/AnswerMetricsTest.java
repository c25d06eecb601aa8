package org.t5j.data.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.t5j.data.metric.MetricCases.assertScores;
import static org.t5j.data.metric.MetricCases.results;
import static org.t5j.data.metric.MetricCases.scored;
import static org.t5j.data.metric.MetricCases.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.Golden;

/** Metrics of answers, groups and edits against T5's, run and as T5's unit tests publish. */
class AnswerMetricsTest {
    private static final JsonNode RECORDED = Golden.read("metrics/answers.json");

    @Test
    void textsAreNormalizedAsT5Does() {
        for (JsonNode each : RECORDED.get("normalized")) {
            String text = each.get("text").asText();
            assertThat(Answers.normalizeSquad(text)).isEqualTo(each.get("squad").asText());
            assertThat(Answers.normalizeTriviaQa(text))
                    .isEqualTo(each.get("trivia_qa").asText());
        }
    }

    /** qa_utils_test.py of T5. */
    @Test
    void publishedNormalizations() {
        String text = "`Needs\tA_LOT of the 'normalization'.\"‘";
        assertThat(Answers.normalizeTriviaQa(text)).isEqualTo("needs lot of normalization");
        assertThat(Answers.normalizeSquad(text)).isEqualTo("needs alot of normalization‘");
    }

    @Test
    void answersAreScoredAsT5Does() {
        List<Scored> results = new ArrayList<>();
        for (JsonNode question : RECORDED.get("questions")) {
            List<String> answers = texts(question.get("answers"));
            Example example = Example.of("", answers.get(0))
                    .with("idx.passage", question.get("passage").asText())
                    .with("idx.query", question.get("query").asText());
            results.add(new Scored(example, answers, question.get("prediction").asText()));
        }
        RECORDED.get("scores")
                .properties()
                .forEach(metric -> assertScores(
                        Metrics.named(metric.getKey()).compute(results), metric.getValue(), metric.getKey()));
    }

    /** metrics_test.py of T5. */
    @Test
    void publishedScores() {
        Metric squad = Metrics.named("squad");
        String text = "this is a string";
        assertThat(squad.compute(List.of(scored(List.of("", text), text), scored(List.of(text, text), text))))
                .isEqualTo(Map.of("em", 100.0, "f1", 100.0));
        assertThat(squad.compute(List.of(scored(List.of(text, text), "")))).isEqualTo(Map.of("em", 0.0, "f1", 0.0));
        assertThat(squad.compute(List.of(
                        scored(List.of("big moose", "hippo"), "a big  Moose!"),
                        scored(List.of("correct1"), "wrong"),
                        scored(List.of("correct2.1", "correct2.2"), "correct2.2"),
                        scored(List.of("a", "b"), "c"))))
                .isEqualTo(Map.of("em", 50.0, "f1", 50.0));
        Map<String, Double> part = squad.compute(List.of(scored(List.of("abc abd", "$$$$"), "abd")));
        assertThat(part.get("em")).isZero();
        assertThat(part.get("f1")).isCloseTo(200.0 / 3, within(1e-9));
        assertThat(squad.scoreNames("squad")).containsExactly("em", "f1");
    }

    /** The order of the steps shows: articles come after punctuation, which glues words for SQuAD and parts them else. */
    @Test
    void punctuationGoesBeforeArticles() {
        assertThat(Answers.normalizeSquad("(The) an-swer")).isEqualTo("answer");
        assertThat(Answers.normalizeTriviaQa("(The) an-swer")).isEqualTo("swer");
        assertThat(Answers.normalizeSquad("don ' t")).isEqualTo("don t");
        assertThat(Answers.normalizeSquad("don't")).isEqualTo("dont");
        assertThat(Answers.normalizeSquad("one\r\ntwo")).isEqualTo("one two");
    }

    private static Scored multiRc(String question, String target, String prediction) {
        Example example = Example.of("", target).with("idx.question", question);
        return new Scored(example, List.of(target), prediction);
    }

    @Test
    void multiRcIsT5s() {
        JsonNode recorded = RECORDED.get("multirc");
        List<Scored> results = new ArrayList<>();
        for (int i = 0; i < recorded.get("targets").size(); i++) {
            results.add(multiRc(
                    recorded.get("groups").get(i).asText(),
                    recorded.get("targets").get(i).asText(),
                    recorded.get("predictions").get(i).asText()));
        }
        assertScores(Metrics.named("multirc").compute(results), recorded.get("scores"), "multirc");
    }

    /** metrics_test.py of T5: all_match, mean_group_metric, multirc_f1_over_all_answers. */
    @Test
    void aQuestionIsRightIfAllItsAnswersAre() {
        Metric multiRc = Metrics.named("multirc");
        assertThat(multiRc.compute(List.of(multiRc("a", "1", "1"), multiRc("a", "1", "0"), multiRc("b", "0", "1"))))
                .isEqualTo(Map.of("f1", 50.0, "exact_match", 0.0));
        assertThat(multiRc.compute(List.of(multiRc("a", "0", "0"), multiRc("a", "1", "1"))))
                .containsEntry("exact_match", 100.0);
        assertThat(multiRc.compute(List.of(multiRc("a", "0", "0"), multiRc("a", "1", "2"))))
                .containsEntry("exact_match", 0.0);
        assertThatThrownBy(() -> multiRc.compute(List.of("1"), List.of("1")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no field 'idx.question'");
    }

    @Test
    void exactMatchAcceptsAnyTarget() {
        Metric metric = Metrics.named("exact_match");
        assertThat(metric.compute(List.of(scored(List.of("a", "b"), "b"), scored(List.of("a", "b"), "B"))))
                .containsEntry("exact_match", 50.0);
        assertThat(Metrics.named("accuracy").compute(List.of(scored(List.of("a", "b"), "b"))))
                .containsEntry("accuracy", 0.0);
    }

    @Test
    void editsOfWordsAreT5s() {
        JsonNode recorded = RECORDED.get("edits");
        Metric metric = Metrics.named("edit_distance");
        assertScores(metric.compute(results(recorded)), recorded.get("scores"), "edits");
        assertThat(metric.scoreNames("edit_distance")).startsWith("mean_edit");
        assertThat(metric.higherIsBetter()).isFalse();
    }

    @Test
    void editsOfCharactersAreCountedInCodePoints() {
        assertThat(Metrics.named("character_edit_distance").compute(List.of("kitten", "😀"), List.of("sitting", "😁")))
                .isEqualTo(Map.of("character_edit_distance", 2.0));
        assertThat(Metrics.named("character_edit_distance").higherIsBetter()).isFalse();
    }
}
