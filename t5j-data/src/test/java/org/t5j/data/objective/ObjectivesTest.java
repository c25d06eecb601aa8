package org.t5j.data.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** What holds of all objectives, and that each segment can be rebuilt from its inputs and targets. */
class ObjectivesTest {
    private static final WordTokenizer TOKENIZER = new WordTokenizer(33_000, 400);
    private static final int LOWEST_SENTINEL = 32_600;

    private static CounterRandom random(long index) {
        return new CounterRandom(4, Purpose.NOISE, 0, index);
    }

    static List<ObjectiveConfig> all() {
        List<ObjectiveConfig> configs = new ArrayList<>();
        Objectives.names().forEach(name -> configs.add(ObjectiveConfig.named(name, 601)));
        configs.add(Configs.of("span_corruption", "inputLength: 601, randomRoll: true"));
        configs.add(Configs.of("span_corruption", "inputLength: 601, noiseDensity: 0.5, meanNoiseSpanLength: 64"));
        configs.add(Configs.of("span_corruption", "inputLength: 601, meanNoiseSpanLength: 1000"));
        configs.add(Configs.of("span_corruption", "inputLength: 172"));
        configs.add(Configs.of("span_corruption", "inputLength: 2"));
        configs.add(Configs.of("span_corruption", "inputLength: 50, noiseDensity: 0"));
        configs.add(Configs.of("iid_denoising", "inputLength: 601, noiseDensity: 0.5, alignSentinels: true"));
        configs.add(Configs.of("regular_spans", "inputLength: 601, noiseDensity: 0.5, alignSentinels: true"));
        configs.add(Configs.of("prefix_lm", "inputLength: 601, noiseDensity: 0.25, mergeExamples: true"));
        configs.add(Configs.of("deshuffling", "inputLength: 601, noiseDensity: 0.5"));
        configs.add(Configs.of("ul2", "inputLength: 601, modeTokens: false"));
        return configs;
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyExampleIsPureFitsAndEndsWithTheEndOfSequence(ObjectiveConfig config) {
        for (WeightedObjective part : Objectives.mixture(config, TOKENIZER)) {
            Objective objective = part.objective();
            for (int length = 1; length <= Math.min(objective.segmentLength(), 600); length++) {
                int[] tokens = IntStream.range(100, 100 + length).toArray();
                TokenExample example = objective.apply(tokens, random(length));
                assertThat(tokens)
                        .as("left as it was")
                        .isEqualTo(IntStream.range(100, 100 + length).toArray());
                assertThat(objective.apply(tokens, random(length))).isEqualTo(example);
                assertFits(example, objective);
            }
            int[] longest =
                    IntStream.range(100, 100 + objective.segmentLength()).toArray();
            assertFits(objective.apply(longest, random(0)), objective);
        }
    }

    private static void assertFits(TokenExample example, Objective objective) {
        assertThat(example.inputs().length).isBetween(1, objective.inputLength());
        assertThat(example.targets().length).isBetween(1, objective.targetLength());
        assertThat(endsWithTheOnlyEos(example.inputs())).isTrue();
        assertThat(objective.endsDocuments() || endsWithTheOnlyEos(example.targets()))
                .isTrue();
    }

    private static boolean endsWithTheOnlyEos(int[] ids) {
        int first = 0;
        while (first < ids.length && ids[first] != TOKENIZER.eosId()) {
            first++;
        }
        return first == ids.length - 1;
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsCut(ObjectiveConfig config) {
        for (WeightedObjective part : Objectives.mixture(config, TOKENIZER)) {
            Objective objective = part.objective();
            for (int length = 1; length <= objective.segmentLength(); length += 7) {
                int[] tokens = IntStream.range(100, 100 + length).toArray();
                TokenExample example = objective.apply(tokens, random(length));
                BitSet seen = new BitSet();
                IntStream.of(example.inputs()).forEach(seen::set);
                IntStream.of(example.targets()).forEach(seen::set);
                assertThat(seen.get(100, 100 + length).cardinality()).isEqualTo(length);
            }
        }
    }

    private static Objective objective(String name, String settings) {
        return Objectives.create(Configs.of(name, settings), TOKENIZER);
    }

    private static int[] withoutEos(int[] ids) {
        return Arrays.copyOf(ids, ids.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"span_corruption", "iid_denoising", "regular_spans"})
    void alignedSentinelsRebuildTheSegment(String name) {
        String roll = name.equals("span_corruption") ? ", randomRoll: true" : "";
        Objective objective = objective(name, "inputLength: 200, alignSentinels: true" + roll);
        for (int length = 1; length <= objective.segmentLength(); length++) {
            int[] tokens = IntStream.range(100, 100 + length).toArray();
            TokenExample example = objective.apply(tokens, random(length));
            Map<Integer, List<Integer>> runs = new HashMap<>();
            List<Integer> run = null;
            for (int id : withoutEos(example.targets())) {
                if (id >= LOWEST_SENTINEL) {
                    run = new ArrayList<>();
                    runs.put(id, run);
                } else {
                    run.add(id);
                }
            }
            List<Integer> rebuilt = new ArrayList<>();
            for (int id : withoutEos(example.inputs())) {
                rebuilt.addAll(id >= LOWEST_SENTINEL ? runs.get(id) : List.of(id));
            }
            assertThat(rebuilt).isEqualTo(IntStream.of(tokens).boxed().toList());
        }
    }

    @Test
    void fullTargetsAreTheSegment() {
        int[] tokens = IntStream.range(100, 300).toArray();
        for (String name : new String[] {"mass_style", "bert_style", "deshuffling", "lm"}) {
            assertThat(withoutEos(objective(name, "").apply(tokens, random(1)).targets()))
                    .as(name)
                    .isEqualTo(tokens);
        }
    }

    @Test
    void maskedInputsKeepTheOtherTokensInTheirPlaces() {
        int[] tokens = IntStream.range(100, 611).toArray();
        int masked = 0;
        for (int sample = 0; sample < 50; sample++) {
            int[] inputs =
                    objective("mass_style", "").apply(tokens, random(sample)).inputs();
            for (int i = 0; i < 511; i++) {
                assertThat(inputs[i]).isIn(tokens[i], 32_999);
                masked += inputs[i] == tokens[i] ? 0 : 1;
            }
        }
        assertThat(masked / (50 * 511.0)).isBetween(0.14, 0.16);
    }

    @Test
    void prefixLanguageModellingCutsASegmentInTwo() {
        int[] tokens = IntStream.range(100, 611).toArray();
        for (int sample = 0; sample < 100; sample++) {
            TokenExample example = objective("prefix_lm", "").apply(tokens, random(sample));
            int prefix = example.inputs().length - 1;
            assertThat(prefix).isBetween(1, 510);
            assertThat(withoutEos(example.inputs())).isEqualTo(Arrays.copyOf(tokens, prefix));
            assertThat(withoutEos(example.targets())).isEqualTo(Arrays.copyOfRange(tokens, prefix, 511));
        }
    }

    @Test
    void deshufflingReordersAndDroppingKeepsTheOrder() {
        int[] tokens = IntStream.range(100, 300).toArray();
        int[] shuffled =
                withoutEos(objective("deshuffling", "").apply(tokens, random(0)).inputs());
        assertThat(shuffled).isNotEqualTo(tokens).containsExactlyInAnyOrder(tokens);
        TokenExample dropped = objective("drop_tokens", "").apply(tokens, random(0));
        int[] together = IntStream.concat(
                        IntStream.of(withoutEos(dropped.inputs())), IntStream.of(withoutEos(dropped.targets())))
                .toArray();
        assertThat(together).containsExactlyInAnyOrder(tokens);
        assertThat(withoutEos(dropped.inputs())).isSorted();
        assertThat(withoutEos(dropped.targets())).isSorted();
    }

    @Test
    void languageModelsReadNothingAndOnlyTheFullOneLeavesTheEndToTheDocument() {
        int[] tokens = {5, 1, 7};
        assertThat(objective("lm", "").apply(tokens, random(0)))
                .isEqualTo(new TokenExample(new int[] {1}, new int[] {5, 1, 7, 1}));
        assertThat(objective("full_lm", "").apply(tokens, random(0)))
                .isEqualTo(new TokenExample(new int[] {1}, new int[] {5, 1, 7}));
    }

    @Test
    void settingsDifferWhereExamplesDo() {
        Set<String> settings = new HashSet<>();
        int parts = 0;
        for (ObjectiveConfig config : all()) {
            for (WeightedObjective part : Objectives.mixture(config, TOKENIZER)) {
                settings.add(part.objective().settings());
                parts++;
            }
        }
        assertThat(settings).hasSize(parts);
    }

    @Test
    void aSettingOfAnotherObjectiveIsRefusedByName() {
        assertThatThrownBy(() -> objective("prefix_lm", "meanNoiseSpanLength: 3.0"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("meanNoiseSpanLength is 3.0")
                .hasMessageContaining("objective 'prefix_lm' has no such setting: leave it out")
                .hasMessageContaining("noiseDensity");
        assertThatThrownBy(() -> objective("lm", "noiseDensity: 0.15"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("inputLength, targetLength and mergeExamples");
        assertThatThrownBy(() -> Configs.of("iid_denoising", "noiseDensity: 1.5"))
                .hasStackTraceContaining("noiseDensity is 1.5");
    }
}
