package org.t5j.data.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** UL2's seven denoisers: names, rates, lengths, mode tokens, and what is refused. */
class Ul2Test {
    /** A mode token is two ids, as "[NLU]" is several pieces in T5's vocabulary. */
    private static final WordTokenizer TOKENIZER = new WordTokenizer(33_000, 400) {
        @Override
        public int[] encode(String text) {
            return text.startsWith("[") ? new int[] {77, 1000 + text.charAt(3)} : super.encode(text);
        }
    };

    private static List<WeightedObjective> ul2(String settings) {
        return Objectives.mixture(Configs.of("ul2", settings), TOKENIZER);
    }

    @Test
    void theRatesArePublishedOnes() {
        List<WeightedObjective> mixture = ul2("");
        assertThat(mixture)
                .extracting(WeightedObjective::name)
                .containsExactly("r_3_15", "r_8_15", "x_3_50", "x_8_50", "x_64_15", "x_64_50", "s");
        assertThat(mixture)
                .extracting(WeightedObjective::rate)
                .containsExactly(0.4 / 2, 0.4 / 2, 0.4 / 4, 0.4 / 4, 0.4 / 4, 0.4 / 4, 0.2);
        assertThat(mixture.stream().mapToDouble(WeightedObjective::rate).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void withoutModeTokensTheLengthsAreTheReferencesTable() {
        List<WeightedObjective> mixture = ul2("modeTokens: false");
        assertThat(mixture)
                .extracting(part -> part.objective().segmentLength())
                .containsExactly(568, 588, 766, 908, 600, 1006, 511);
        assertThat(mixture)
                .extracting(part -> part.objective().targetLength())
                .containsExactly(114, 100, 512, 512, 92, 512, 512);
    }

    @Test
    void modeTokensStandInFrontOfInputsThatHaveRoomForThem() {
        int[] modes = {1085, 1085, 1071, 1071, 1071, 1071, 1083};
        List<WeightedObjective> mixture = ul2("");
        for (int i = 0; i < mixture.size(); i++) {
            Objective objective = mixture.get(i).objective();
            assertThat(objective.inputLength()).isEqualTo(512);
            assertThat(objective.mergeExamples()).isTrue();
            int[] tokens = IntStream.range(100, 100 + objective.segmentLength()).toArray();
            TokenExample example = objective.apply(tokens, new CounterRandom(0, Purpose.NOISE, 0, i));
            assertThat(example.inputs()).startsWith(77, modes[i]).endsWith(1);
            assertThat(example.inputs().length).isLessThanOrEqualTo(512);
            assertThat(example.targets()).doesNotContain(77).endsWith(1);
        }
        assertThat(mixture.get(0).objective().segmentLength())
                .isEqualTo(Objectives.create(ObjectiveConfig.spanCorruption(510), TOKENIZER)
                        .segmentLength());
    }

    @Test
    void ratesCanBeChangedAndDenoisersLeftOut() {
        List<WeightedObjective> mixture = ul2("rates: {s: 0.5, x_3_50: 0, x_64_50: 0.0}");
        assertThat(mixture)
                .extracting(WeightedObjective::name)
                .containsExactly("r_3_15", "r_8_15", "x_8_50", "x_64_15", "s");
        assertThat(mixture.get(4).rate()).isEqualTo(0.5);
        assertThatThrownBy(() -> ul2("rates: {r_3: 1}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no denoiser named 'r_3'")
                .hasMessageContaining("r_3_15");
        assertThatThrownBy(() -> ul2("rates: {s: -1}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rates.s is -1.0");
    }

    @Test
    void oneObjectiveCannotBeMadeOfTheMixture() {
        assertThatThrownBy(() -> Objectives.create(ObjectiveConfig.named("ul2", 64), TOKENIZER))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("mixture of 7")
                .hasMessageContaining("Objectives.mixture");
        assertThat(Objectives.create(
                        Configs.of(
                                "ul2",
                                "inputLength: 64, rates: {r_8_15: 0, x_3_50: 0, x_8_50: 0, x_64_15: 0, x_64_50: 0, s: 0}"),
                        TOKENIZER))
                .isNotNull();
    }

    @Test
    void theHundredSentinelsOfT5AreTooFewUnlessReused() {
        WordTokenizer t5 = new WordTokenizer();
        assertThatThrownBy(() -> Objectives.mixture(ObjectiveConfig.named("ul2", 512), t5))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Denoiser x_3_50 of 'ul2', whose inputs have room for 511 tokens")
                .hasMessageContaining("100 sentinels")
                .hasMessageContaining("rates: {x_3_50: 0}")
                .hasMessageContaining("sentinelOverflow to REUSE");
        assertThat(Objectives.mixture(Configs.of("ul2", "sentinelOverflow: 'REUSE'"), t5))
                .hasSize(7);
    }

    @Test
    void modeTokensThatTheVocabularyCannotTellApartAreRefused() {
        WordTokenizer unknown = new WordTokenizer(33_000, 400) {
            @Override
            public int[] encode(String text) {
                return new int[] {unkId()};
            }
        };
        assertThatThrownBy(() -> Objectives.mixture(ObjectiveConfig.named("ul2", 512), unknown))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("[NLU], [NLG] and [S2S]")
                .hasMessageContaining("modeTokens to false");
    }

    @Test
    void inputsTooShortForAModeTokenAreRefused() {
        assertThatThrownBy(() -> ul2("inputLength: 3"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("inputLength is 3")
                .hasMessageContaining("[NLU] takes 2");
    }
}
