package org.t5j.data.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.t5j.data.metric.MetricCases.assertScores;
import static org.t5j.data.metric.MetricCases.scored;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.Golden;

/** ROUGE against rouge_score, run and as its unit tests publish, and the stemmer against NLTK's. */
class RougeTest {
    private static final Metric ROUGE = Metrics.named("rouge");
    private static final Metric STEMMING = Metrics.named("rouge_stem");

    // test data of rouge_score, made at random there
    private static final List<String> TARGETS = List.of(
            "ZfbCUIUuePaiLVUlCaUXxkpu XPeWing tUHfPMuZ',-Xd Y BrUgVJing M-HV.-DgdDaY.rFDJCRing Ht-LM EKBDXkME,yz'RBr"
                    + " q'wtion wIojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxer tKM L",
            "KsJdPByEtAor fE-Qg Dpdbring cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMtion psing sbKao Q m qiing LMmer"
                    + " HqqLFXe,XPY,J XsurkMer ,ed nB'wH'bWVHjWFEing tQ.saefZwJtKrTlixYpMMsJing UCAPwNHeYVjDing c T"
                    + " BUySKtion gMPfJpwGw p'NvxAoping eu pBwMBKV'I DNxqelhu,PHPxDEq,mtion SN");
    private static final List<String> PREDICTIONS = List.of(
            "rFDJCRtion Ht-LM EKtDXkME,yz'RBr q'wer wrojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxi",
            "n cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMer pstion sbKao Q m qier LMmed HqqLFXe,XPY,J XsurkMeo ,ed"
                    + " nB'wH'bWVHjWFEer tQ.saefZwJtKrTlixYpMMNJtion UCAPwNHeYVjD");

    private static double score(Metric metric, String name, String target, String prediction) {
        return metric.compute(List.of(target), List.of(prediction)).get(name);
    }

    @Test
    void scoresAreRougeScores() {
        int number = 0;
        for (JsonNode recorded : Golden.read("metrics/rouge.json").get("cases")) {
            List<Scored> result = List.of(scored(
                    List.of(recorded.get("target").asText()),
                    recorded.get("prediction").asText()));
            assertScores(ROUGE.compute(result), recorded.get("rouge"), "case " + number);
            assertScores(STEMMING.compute(result), recorded.get("rouge_stem"), "stemmed case " + number);
            number++;
        }
        assertThat(number).isGreaterThan(100);
    }

    @Test
    void theScoreOfACorpusIsTheMeanOfItsExamples() {
        Map<String, Double> scores = ROUGE.compute(List.of("a b", "c d"), List.of("a b", "x y"));
        assertThat(scores).isEqualTo(Map.of("rouge1", 50.0, "rouge2", 50.0, "rougeL", 50.0, "rougeLsum", 50.0));
        assertThat(ROUGE.scoreNames("rouge")).containsExactly("rouge2", "rouge1", "rougeL", "rougeLsum");
    }

    @Test
    void theBestOfSeveralTargetsCountsForEachScore() {
        Scored result = scored(List.of("b a", "a x b"), "a b");
        Map<String, Double> scores = ROUGE.compute(List.of(result));
        assertThat(scores.get("rouge1")).isEqualTo(100);
        assertThat(scores.get("rougeL")).isCloseTo(80, within(1e-9));
    }

    /** rouge_scorer_test.py, which had them from ROUGE-1.5.5; accurate to 5 digits. */
    @Test
    void publishedScores() {
        double[][] published = {{51.163, 39.024, 51.163}, {50.000, 36.364, 50.000}};
        for (int i = 0; i < 2; i++) {
            assertThat(score(ROUGE, "rouge1", TARGETS.get(i), PREDICTIONS.get(i)))
                    .isCloseTo(published[i][0], within(1e-3));
            assertThat(score(ROUGE, "rouge2", TARGETS.get(i), PREDICTIONS.get(i)))
                    .isCloseTo(published[i][1], within(1e-3));
            assertThat(score(ROUGE, "rougeL", TARGETS.get(i), PREDICTIONS.get(i)))
                    .isCloseTo(published[i][2], within(1e-3));
        }
        assertThat(score(STEMMING, "rouge1", TARGETS.get(1), PREDICTIONS.get(1)))
                .isCloseTo(52.941, within(1e-3));
        assertThat(score(STEMMING, "rouge2", TARGETS.get(1), PREDICTIONS.get(1)))
                .isCloseTo(36.364, within(1e-3));
        assertThat(score(ROUGE, "rougeL", "testing one two", "testing two")).isCloseTo(80, within(1e-9));
        assertThat(score(ROUGE, "rougeLsum", "w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"))
                .isCloseTo(100 * 0.64 / 1.2, within(1e-9));
    }

    /** metrics_test.py of T5. */
    @Test
    void theSameTextIsAllRightAndNoneIsAllWrong() {
        String text = "this is a string";
        assertThat(ROUGE.compute(List.of(text, text), List.of(text, text)).values())
                .containsOnly(100.0);
        assertThat(ROUGE.compute(List.of(text, text), List.of("", "")).values()).containsOnly(0.0);
    }

    @Test
    void sentencesEndAtLineFeedsAndAtFullStopsBetweenSpaces() {
        double apart = score(ROUGE, "rougeLsum", "a b . c d", "c d . a b");
        assertThat(apart).isEqualTo(100);
        assertThat(score(ROUGE, "rougeLsum", "a b\r\nc d", "c d\r\na b")).isEqualTo(100);
        assertThat(score(ROUGE, "rougeLsum", "a b\rc d", "c d\ra b")).isEqualTo(50);
        assertThat(score(ROUGE, "rougeL", "a b . c d", "c d . a b")).isEqualTo(50);
    }

    @Test
    void wordsOfOtherScriptsAreNone() {
        assertThat(score(ROUGE, "rouge1", "привет мир", "привет мир")).isZero();
        assertThat(score(ROUGE, "rouge1", "café 😀 42", "caf 42")).isEqualTo(100);
    }

    @Test
    void stemsAreNltks() {
        PorterStemmer stemmer = new PorterStemmer();
        JsonNode stems = Golden.read("metrics/stems.json").get("stems");
        assertThat(stems.size()).isGreaterThan(4000);
        stems.properties().forEach(stem -> assertThat(stemmer.stem(stem.getKey()))
                .as(stem.getKey())
                .isEqualTo(stem.getValue().asText()));
    }

    @Test
    void tenThousandSummariesTakeSeconds() {
        List<Scored> results = new ArrayList<>();
        JsonNode cases = Golden.read("metrics/rouge.json").get("cases");
        while (results.size() < 10_000) {
            cases.forEach(recorded -> results.add(scored(
                    List.of(recorded.get("target").asText()),
                    recorded.get("prediction").asText())));
        }
        for (Metric metric : List.of(ROUGE, STEMMING)) {
            assertThat(MetricCases.cpuSeconds(() -> metric.compute(results))).isLessThan(6);
        }
    }
}
