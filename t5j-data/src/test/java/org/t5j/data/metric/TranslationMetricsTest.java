package org.t5j.data.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.t5j.data.metric.MetricCases.results;
import static org.t5j.data.metric.MetricCases.scored;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Golden;

/** BLEU and chrF with all their options against sacrebleu, run and as its unit tests publish. */
class TranslationMetricsTest {
    private static final BleuConfig DEFAULT = BleuConfig.of(BleuTokenizer.THIRTEEN_A);

    private static final Map<String, Metric> OPTIONS = Map.ofEntries(
            bleu("smooth none", DEFAULT.withSmoothing(BleuSmoothing.NONE)),
            bleu("smooth floor", DEFAULT.withSmoothing(BleuSmoothing.floor(0.1))),
            bleu("smooth floor 0.5", DEFAULT.withSmoothing(BleuSmoothing.floor(0.5))),
            bleu("smooth add-k", DEFAULT.withSmoothing(BleuSmoothing.addK(1))),
            bleu("smooth add-k 2", DEFAULT.withSmoothing(BleuSmoothing.addK(2))),
            bleu("effective", DEFAULT.withEffectiveOrder()),
            bleu("effective none", DEFAULT.withEffectiveOrder().withSmoothing(BleuSmoothing.NONE)),
            bleu("effective floor", DEFAULT.withEffectiveOrder().withSmoothing(BleuSmoothing.floor(0.1))),
            chrF("chrf space", new ChrFConfig(0, 2, true, false, false)),
            chrF("chrf lc", new ChrFConfig(0, 2, false, true, false)),
            chrF("chrf++ eps", new ChrFConfig(2, 2, false, false, true)));

    private static Map.Entry<String, Metric> bleu(String name, BleuConfig config) {
        return Map.entry(name, new Bleu(name, config));
    }

    private static Map.Entry<String, Metric> chrF(String name, ChrFConfig config) {
        return Map.entry(name, new ChrF(name, config));
    }

    private static Metric metric(String name) {
        return OPTIONS.containsKey(name) ? OPTIONS.get(name) : Metrics.named(name);
    }

    @Test
    void scoresAndSignaturesAreSacrebleus() {
        int number = 0;
        for (JsonNode recorded : Golden.read("metrics/translation.json").get("cases")) {
            List<Scored> results = results(recorded);
            String name = "case " + number++;
            recorded.get("scores").properties().forEach(score -> assertThat(
                            metric(score.getKey()).compute(results).get(score.getKey()))
                    .as("%s: %s", name, score.getKey())
                    .isCloseTo(score.getValue().asDouble(), within(1e-9)));
            recorded.get("signatures").properties().forEach(signature -> assertThat(
                            metric(signature.getKey()).signature(results))
                    .as("%s: %s", name, signature.getKey())
                    .hasValue(signature.getValue().asText().replaceFirst("version:.*", "version:t5j")));
        }
        assertThat(number).isEqualTo(19);
    }

    @Test
    void theReadmesExampleOfSacrebleu() {
        List<Scored> results = List.of(
                scored(List.of("The dog bit the man.", "The dog had bit the man."), "The dog bit the man."),
                scored(List.of("It was not unexpected.", "No one was surprised."), "It wasn't surprising."),
                scored(
                        List.of("The man bit him first.", "The man had bitten the dog."),
                        "The man had just bitten him."));
        assertScore("bleu", results, 48.530827);
        assertScore("bleu_none", results, 49.1919566);
        assertScore("bleu_intl", results, 43.91623493);
        assertScore("smooth none", results, 48.530827);
    }

    private static void assertScore(String name, List<Scored> results, double published) {
        assertThat(metric(name).compute(results)).containsOnlyKeys(name);
        assertThat(metric(name).compute(results).get(name)).as(name).isCloseTo(published, within(1e-6));
    }

    /** test_sentence_bleu.py; its scores have an accuracy of 1e-3. */
    @Test
    void sentencesWithEverySmoothing() {
        String target = "producţia de zahăr brut se exprimă în zahăr alb;";
        String prediction = "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;";
        BleuConfig sentence = DEFAULT.withEffectiveOrder();
        BleuConfig characters = BleuConfig.of(BleuTokenizer.CHARACTERS).withEffectiveOrder();
        Map<BleuConfig, Double> published = Map.ofEntries(
                Map.entry(sentence, 8.493),
                Map.entry(sentence.withSmoothing(BleuSmoothing.NONE), 0.0),
                Map.entry(sentence.withSmoothing(BleuSmoothing.floor(0.1)), 4.51688),
                Map.entry(sentence.withSmoothing(BleuSmoothing.floor(0.5)), 10.10),
                Map.entry(sentence.withSmoothing(BleuSmoothing.addK(1)), 14.882),
                Map.entry(sentence.withSmoothing(BleuSmoothing.addK(2)), 21.389),
                Map.entry(BleuConfig.of(BleuTokenizer.NONE).withEffectiveOrder(), 7.347),
                Map.entry(BleuConfig.of(BleuTokenizer.INTERNATIONAL).withEffectiveOrder(), 8.493),
                Map.entry(characters, 40.8759),
                Map.entry(characters.withLowercase(), 42.0267));
        published.forEach((config, score) -> assertThat(new Bleu("bleu", config)
                        .compute(List.of(target), List.of(prediction))
                        .get("bleu"))
                .as("%s", config)
                .isCloseTo(score, within(1e-3)));
    }

    @Test
    void theShorterOfTwoTargetsEquallyNearCountsForTheBrevity() {
        List<Scored> results = List.of(scored(List.of("a b c d e f", "a b c d"), "a b c d e"));
        assertScore("bleu", results, 100);
        // with the longer one: exp(1 - 6/5)
        assertThat(metric("bleu")
                        .compute(List.of("a b c d e f"), List.of("a b c d e"))
                        .get("bleu"))
                .isCloseTo(100 * Math.exp(-0.2), within(1e-9));
    }

    @Test
    void chrFOfShortTexts() {
        for (String name : List.of("chrf", "chrf++")) {
            assertScore(name, List.of(scored(List.of("reference"), "")), 0);
            assertScore(name, List.of(scored(List.of("a"), "a")), 100);
            assertScore(name, List.of(scored(List.of("hijklmnop"), "abcdefg")), 0);
        }
        // in UTF-16 both faces begin with the same surrogate
        assertScore("chrf", List.of(scored(List.of("😀"), "😁")), 0);
    }

    private static void assertPublished(ChrFConfig config, String prediction, String target, double published) {
        assertThat(new ChrF("chrf", config)
                        .compute(List.of(target), List.of(prediction))
                        .get("chrf"))
                .as("%s of '%s'", config, prediction)
                .isCloseTo(published, within(1e-4));
    }

    private static final String ASSESSMENT = "risk assessment must be made of those who are qualified and expertise in"
            + " the sector - these are the scientists .";
    private static final String ASSESSED =
            "risk assessment has to be undertaken by those who are qualified and expert in"
                    + " that area - that is the scientists .";
    private static final String OBAMA =
            "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.";

    /** test_chrf.py of sacrebleu, whose scores have an accuracy of 1e-4. */
    @Test
    void publishedChrF() {
        ChrFConfig epsilon = new ChrFConfig(0, 3, false, false, true);
        assertPublished(epsilon, "a", "b", 0);
        assertPublished(epsilon, "aa", "ab", 8.3333);
        assertPublished(epsilon, "a", "a", 16.6667);
        assertPublished(epsilon, "a b c", "abc", 50);
        assertPublished(epsilon, " " + ASSESSMENT, ASSESSED, 63.361730);
        assertPublished(
                epsilon,
                " Die    Beziehung zwischen  Obama und Netanjahu ist nicht gerade  freundlich. ",
                OBAMA,
                64.1302698);
        ChrFConfig effective = new ChrFConfig(0, 3, false, false, false);
        assertPublished(effective, "a", "a", 100);
        assertPublished(effective, "a b c", "abc", 100);
        assertPublished(effective, "", "c", 0);
        assertPublished(effective, "aa", "ab", 25);
        assertThat(new ChrF("chrf", effective).compute(List.of("a", "c"), List.of("a", "b")))
                .containsEntry("chrf", 50.0);
        ChrFConfig spaces = new ChrFConfig(0, 3, true, false, false);
        assertPublished(spaces, ASSESSMENT, ASSESSED, 65.2414427);
        assertPublished(
                spaces, "Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.", OBAMA, 67.3481606);
        ChrFConfig sentence = new ChrFConfig(0, 2, false, false, true);
        assertPublished(
                sentence,
                "Co nás nejvíc trápí, protože lékaři si vybírají, kdo bude žít a kdo zemře.",
                "Nejvíce smutní jsme z toho, že musíme rozhodovat o tom, kdo bude žít a kdo zemře.",
                39.14078509);
    }

    @Test
    void theSignatureTellsWhetherTheNumberOfTargetsVaries() {
        List<Scored> results = List.of(scored(List.of("a", "b"), "a"), scored(List.of("a"), "a"));
        assertThat(Metrics.named("bleu").signature(results))
                .hasValue("nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp|version:t5j");
        assertThat(Metrics.named("accuracy").signature(results)).isEmpty();
    }

    @Test
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> BleuSmoothing.floor(-1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at least 0, found -1.0");
        assertThatThrownBy(() -> BleuSmoothing.addK(Double.NaN)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> ChrFConfig.ofWords(-1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found -1");
        assertThatThrownBy(() -> new ChrFConfig(0, 0, false, false, false)).isInstanceOf(DataException.class);
    }

    @Test
    void tenThousandSentencesTakeSeconds() {
        List<Scored> results = new ArrayList<>();
        JsonNode recorded = Golden.read("metrics/translation.json").get("cases").get(0);
        List<Scored> some = results(recorded);
        while (results.size() < 10_000) {
            results.addAll(some);
        }
        for (String name : List.of("bleu", "bleu_intl", "chrf++")) {
            assertThat(MetricCases.cpuSeconds(() -> Metrics.named(name).compute(results)))
                    .as(name)
                    .isLessThan(6);
        }
    }
}
