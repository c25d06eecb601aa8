package org.t5j.data.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.data.DataException;
import org.t5j.data.Golden;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.noise.SentinelOverflow;
import org.t5j.data.noise.SpanCounts;
import org.t5j.data.noise.SpanLengths;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** The lengths of the study's table, derived, checked and explained. */
class ObjectiveLengthsTest {
    private static final WordTokenizer T5 = new WordTokenizer();
    private static final WordTokenizer MANY_SENTINELS = new WordTokenizer(33_000, 600);

    private static Objective objective(String name, String settings) {
        return Objectives.create(Configs.of(name, settings), T5);
    }

    @ParameterizedTest
    @CsvSource({
        "512, 0.15, 3, 568, 114",
        "512, 0.15, 2, 552, 126",
        "512, 0.15, 5, 581, 105",
        "512, 0.15, 10, 591, 99",
        "512, 0.10, 3, 548, 74",
        "512, 0.25, 3, 614, 206",
        "512, 0.50, 3, 766, 512",
        "512, 0.15, 8, 588, 100",
        "512, 0.50, 8, 908, 512",
        "512, 0.15, 64, 600, 92",
        "512, 0.50, 64, 1006, 512",
        "1024, 0.15, 3, 1137, 229",
        "1024, 0.15, 20, 1193, 189",
        "2048, 0.15, 3, 2274, 456",
        "256, 0.15, 3, 284, 58",
        "128, 0.15, 3, 141, 29",
        "64, 0.15, 3, 70, 14",
        "32, 0.15, 3, 34, 8",
        "16, 0.15, 3, 17, 5",
        "64, 0.20, 2, 70, 22",
        "64, 0.20, 1, 63, 27"
    })
    void spanCorruptionHasTheReferencesLengths(
            int inputLength, double density, double meanSpan, int segment, int targets) {
        ObjectiveConfig config = new ObjectiveConfig(null, inputLength, null, density, meanSpan, null);
        Objective objective = Objectives.create(config, MANY_SENTINELS);
        assertThat(objective.inputLength()).isEqualTo(inputLength);
        assertThat(objective.segmentLength()).isEqualTo(segment);
        assertThat(objective.targetLength()).isEqualTo(targets);
        TokenExample full =
                objective.apply(IntStream.range(3, 3 + segment).toArray(), new CounterRandom(0, Purpose.NOISE, 0, 0));
        assertThat(full.inputs().length).isLessThanOrEqualTo(inputLength);
        assertThat(full.targets().length).isLessThanOrEqualTo(targets);
    }

    @Test
    void spanCorruptionHasTheHelpersLengthsExceptWhereTheReferenceCutsFullSegments() {
        int compared = 0;
        for (JsonNode row : Golden.read("span_corruption.json").get("helper")) {
            double density = row.get(1).asDouble();
            double meanSpan = row.get(2).asDouble();
            SpanCounts counts = SpanCounts.of(row.get(5).asInt(), density, meanSpan);
            boolean isPossible = density < 0.5 || meanSpan > 1;
            boolean isCut =
                    counts.noiseTokens() + counts.noiseSpans() + 1 > row.get(6).asInt()
                            || counts.nonNoiseTokens() + counts.noiseSpans() + 1
                                    > row.get(0).asInt();
            if (row.get(3).asInt() == 1 && row.get(4).asInt() == 1 && isPossible && !isCut) {
                ObjectiveConfig config = new ObjectiveConfig(null, row.get(0).asInt(), null, density, meanSpan, null);
                Objective objective = Objectives.create(config.withSentinelOverflow(SentinelOverflow.REUSE), T5);
                assertThat(objective.segmentLength())
                        .as(row.toString())
                        .isEqualTo(row.get(5).asInt());
                assertThat(objective.targetLength())
                        .as(row.toString())
                        .isEqualTo(row.get(6).asInt());
                compared++;
            }
        }
        assertThat(compared).as("the other 100 of 494 are of at most 64 tokens").isEqualTo(394);
    }

    @Test
    void aSegmentWhoseMaskHasMoreNoiseThanTheHelperCountsIsNotCut() {
        assertThat(SpanLengths.of(172, 0.15, 3).targetsLength()).isEqualTo(38);
        Objective objective = Objectives.create(ObjectiveConfig.spanCorruption(172), T5);
        assertThat(objective.segmentLength()).isEqualTo(190);
        assertThat(objective.targetLength()).isEqualTo(40);
    }

    @Test
    void iidTargetsHaveRoomForAllButOneInABillion() {
        assertThat(objective("iid_denoising", "").segmentLength()).isEqualTo(511);
        assertThat(objective("iid_denoising", "").targetLength()).isEqualTo(230);
        assertThat(objective("drop_tokens", "").targetLength()).isEqualTo(130);
        assertThat(objective("iid_denoising", "noiseDensity: 0.1").targetLength())
                .isEqualTo(178);
        assertThat(objective("iid_denoising", "noiseDensity: 0.25, sentinelOverflow: 'REUSE'")
                        .targetLength())
                .isEqualTo(315);
        assertThat(objective("iid_denoising", "noiseDensity: 0.5, sentinelOverflow: 'REUSE'")
                        .targetLength())
                .isEqualTo(452);
    }

    @Test
    void theStudysOwnLengthsMayBeSet() {
        assertThat(objective("iid_denoising", "targetLength: 192").targetLength())
                .isEqualTo(192);
        assertThat(objective("drop_tokens", "targetLength: 104").targetLength()).isEqualTo(104);
        assertThat(objective("iid_denoising", "noiseDensity: 0.1, targetLength: 103")
                        .targetLength())
                .isEqualTo(103);
    }

    @ParameterizedTest
    @CsvSource({
        "mass_style, 511, 512, 512, true",
        "bert_style, 511, 512, 512, true",
        "deshuffling, 511, 512, 512, false",
        "prefix_lm, 511, 512, 512, false",
        "lm, 511, 1, 512, true",
        "full_lm, 512, 1, 512, true"
    })
    void theOthersHaveTheStudysLengths(String name, int segment, int inputs, int targets, boolean merge) {
        Objective objective = objective(name, "");
        assertThat(objective.segmentLength()).isEqualTo(segment);
        assertThat(objective.inputLength()).isEqualTo(inputs);
        assertThat(objective.targetLength()).isEqualTo(targets);
        assertThat(objective.mergeExamples()).isEqualTo(merge);
        assertThat(objective.endsDocuments()).isEqualTo(name.equals("full_lm"));
    }

    @ParameterizedTest
    @CsvSource({
        "iid_denoising, 143, 144 tokens on average, 230",
        "drop_tokens, 70, 78 tokens on average, 130",
        "mass_style, 511, 512 tokens, 512",
        "bert_style, 511, 512 tokens, 512",
        "deshuffling, 511, 512 tokens, 512",
        "prefix_lm, 510, 511 tokens, 511",
        "regular_spans, 100, tokens, Raise targetLength",
        "span_corruption, 113, 114 tokens, Raise targetLength"
    })
    void tooShortTargetsAreExplained(String name, int targetLength, String needed, String remedy) {
        assertThatThrownBy(() -> objective(name, "targetLength: " + targetLength))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("targetLength is " + targetLength)
                .hasMessageContaining("objective '" + name + "' with inputLength 512")
                .hasMessageContaining(needed)
                .hasMessageContaining(remedy);
    }

    @Test
    void languageModelsTakeTheLengthOfTheTargets() {
        assertThat(objective("lm", "inputLength: 64").segmentLength()).isEqualTo(63);
        assertThat(objective("lm", "targetLength: 100").segmentLength()).isEqualTo(99);
        assertThat(objective("full_lm", "targetLength: 100").segmentLength()).isEqualTo(100);
        assertThatThrownBy(() -> objective("lm", "targetLength: 1"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("targetLength is 1");
    }

    @Test
    void aRolledMaskHasRoomForTheRunThatItCuts() {
        Objective objective = objective("span_corruption", "randomRoll: true");
        assertThat(objective.segmentLength()).isEqualTo(567);
        assertThat(objective.targetLength()).isEqualTo(115);
    }
}
