package org.t5j.data.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** The objective as a whole: lengths, reversibility, determinism, and what it refuses. */
class SpanCorruptionTest {
    private final WordTokenizer tokenizer = new WordTokenizer();
    private final Objective objective = Objectives.create(ObjectiveConfig.spanCorruption(512), tokenizer);

    private static CounterRandom random(long index) {
        return new CounterRandom(1, Purpose.NOISE, 0, index);
    }

    @Test
    void fullSegmentsFillInputsAndTargetsExactly() {
        assertThat(objective.segmentLength()).isEqualTo(568);
        TokenExample example = objective.apply(IntStream.range(100, 668).toArray(), random(0));
        assertThat(example.inputs()).hasSize(512).endsWith(1);
        assertThat(example.targets()).hasSize(114).startsWith(32099).endsWith(1);
        assertThat(example.targets()[112]).as("no sentinel after the last span").isLessThan(668);
    }

    @Test
    void theSegmentCanBeRebuiltFromInputsAndTargets() {
        for (int length = 2; length <= 568; length++) {
            int[] tokens = IntStream.range(100, 100 + length).toArray();
            TokenExample example = objective.apply(tokens, random(length));
            assertThat(rebuild(example)).containsExactly(tokens);
        }
    }

    private int[] rebuild(TokenExample example) {
        Map<Integer, List<Integer>> spans = new HashMap<>();
        int sentinel = -1;
        for (int id : example.targets()) {
            if (id > 31_999) {
                sentinel = id;
                spans.put(sentinel, new ArrayList<>());
            } else if (id != tokenizer.eosId()) {
                spans.get(sentinel).add(id);
            }
        }
        List<Integer> tokens = new ArrayList<>();
        for (int id : example.inputs()) {
            if (id > 31_999) {
                tokens.addAll(spans.get(id));
            } else if (id != tokenizer.eosId()) {
                tokens.add(id);
            }
        }
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void theSameNumbersGiveTheSameExampleAndAnotherEpochAnother() {
        int[] tokens = IntStream.range(100, 668).toArray();
        assertThat(objective.apply(tokens, random(5))).isEqualTo(objective.apply(tokens, random(5)));
        assertThat(objective.apply(tokens, new CounterRandom(1, Purpose.NOISE, 1, 5)))
                .isNotEqualTo(objective.apply(tokens, random(5)));
    }

    @Test
    void aSegmentOfOneTokenKeepsIt() {
        TokenExample example = objective.apply(new int[] {2918}, random(0));
        assertThat(example).isEqualTo(new TokenExample(new int[] {2918, 1}, new int[] {32099, 1}));
    }

    @Test
    void targetsThatDoNotFitAreRefused() {
        ObjectiveConfig config = new ObjectiveConfig(null, 512, 113, null, null, null);
        assertThatThrownBy(() -> Objectives.create(config, tokenizer))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("targetLength is 113")
                .hasMessageContaining("114 tokens");
    }

    @Test
    void moreSpansThanSentinelsAreRefusedBeforeTraining() {
        assertThatThrownBy(() -> Objectives.create(ObjectiveConfig.spanCorruption(512), new WordTokenizer(32100, 27)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("28 noise spans, but the vocabulary has 27 sentinels");
    }

    @Test
    void spansThatLeaveNothingBetweenThemAreRefused() {
        ObjectiveConfig config = new ObjectiveConfig(null, 64, null, 0.5, 1.0, null);
        assertThatThrownBy(() -> Objectives.create(config, tokenizer))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Raise meanNoiseSpanLength or lower noiseDensity");
    }

    @Test
    void anUnknownObjectiveNamesTheNearest() {
        ObjectiveConfig config = new ObjectiveConfig("span_coruption", null, null, null, null, null);
        assertThatThrownBy(() -> Objectives.create(config, tokenizer))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Did you mean 'span_corruption'?");
    }
}
