package org.t5j.data.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Golden;
import org.t5j.data.WordTokenizer;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** Span corruption's parts against all that is recorded of the reference: lengths, counts, examples, statistics. */
class SpanCorruptionGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("span_corruption.json");

    @Test
    void lengthsAreThoseOfRandomSpansHelper() {
        assertThat(GOLDEN.get("helper")).hasSize(546);
        for (JsonNode row : GOLDEN.get("helper")) {
            SpanLengths lengths = SpanLengths.of(
                    row.get(0).asInt(),
                    row.get(1).asDouble(),
                    row.get(2).asDouble(),
                    row.get(3).asInt(),
                    row.get(4).asInt());
            assertThat(lengths)
                    .as(row.toString())
                    .isEqualTo(new SpanLengths(row.get(5).asInt(), row.get(6).asInt()));
        }
        assertThat(SpanLengths.of(512, 0.15, 3)).isEqualTo(new SpanLengths(568, 114));
        assertThat(SpanLengths.of(64, 0.20, 2)).isEqualTo(new SpanLengths(70, 22));
        assertThat(SpanLengths.of(64, 0.20, 1)).isEqualTo(new SpanLengths(63, 27));
    }

    @Test
    void countsRoundHalfToEvenInFloat32() {
        GOLDEN.get("counts").properties().forEach(setting -> {
            String[] parts = setting.getKey().split("[=,]");
            for (int length = 1; length <= 600; length++) {
                int[] expected = Golden.ints(setting.getValue().get(length - 1));
                assertThat(SpanCounts.of(length, Double.parseDouble(parts[1]), Double.parseDouble(parts[3])))
                        .as("%s, length %d", setting.getKey(), length)
                        .isEqualTo(new SpanCounts(expected[0], expected[1], expected[2]));
            }
        });
    }

    @Test
    void countsDifferFromDoubleArithmeticWhereTheReferenceDoes() {
        for (JsonNode row : GOLDEN.get("float64_rounding_differs")) {
            SpanCounts counts = SpanCounts.of(
                    row.get(0).asInt(), row.get(1).asDouble(), row.get(2).asDouble());
            int[] actual = {counts.noiseTokens(), counts.noiseSpans(), counts.nonNoiseTokens()};
            int[] first = Golden.ints(row.get(3));
            int[] second = Golden.ints(row.get(4));
            assertThat(first).isNotEqualTo(second);
            assertThat(actual).isIn(first, second);
        }
    }

    @Test
    void examplesGetTheReferencesInputsAndTargets() {
        assertThat(GOLDEN.get("examples")).hasSize(45);
        for (JsonNode example : GOLDEN.get("examples")) {
            WordTokenizer tokenizer =
                    new WordTokenizer(example.get("vocab_size").asInt(), 100);
            int[] tokens = Golden.ints(example.get("tokens"));
            boolean[] noise = Golden.booleans(example.get("noise_mask"));
            assertThat(new Sentinels(tokenizer).noiseSpanToUniqueSentinel(tokens, noise))
                    .isEqualTo(Golden.ints(example.get("inputs_no_eos")));
            assertThat(new Sentinels(tokenizer).nonNoiseSpanToUniqueSentinel(tokens, noise))
                    .isEqualTo(Golden.ints(example.get("targets_no_eos")));
        }
    }

    @Test
    void masksHaveTheStatisticsOfTheReference() {
        for (JsonNode expected : GOLDEN.get("statistics")) {
            checkStatistics(expected);
        }
    }

    private static void checkStatistics(JsonNode expected) {
        int length = expected.get("length").asInt();
        double density = expected.get("density").asDouble();
        RandomSpansNoiseMask mask =
                new RandomSpansNoiseMask(density, expected.get("mean").asDouble());
        int samples = 4000;
        double[] noiseAt = new double[length];
        Map<Integer, Integer> spanLengths = new HashMap<>();
        int spans = 0;
        for (int sample = 0; sample < samples; sample++) {
            boolean[] noise = mask.mask(length, new CounterRandom(1, Purpose.NOISE, 0, sample));
            int run = 0;
            for (int i = 0; i < length; i++) {
                noiseAt[i] += noise[i] ? 1.0 / samples : 0;
                run = noise[i] ? run + 1 : 0;
                if (noise[i] && (i == length - 1 || !noise[i + 1])) {
                    spanLengths.merge(run, 1, Integer::sum);
                    spans++;
                }
            }
        }
        // Two independent samples of 4000: five standard deviations of their difference at p = 0.5 are 0.056.
        JsonNode positions = expected.get("P(noise) per position");
        for (int i = 0; i < length; i++) {
            double p = positions.get(i).asDouble();
            double deviation = 5 * Math.sqrt(2 * p * (1 - p) / samples);
            assertThat(noiseAt[i]).as("position %d of %d", i, length).isCloseTo(p, within(deviation + 1e-4));
        }
        JsonNode histogram = expected.get("noise span length histogram (1..20)");
        for (int span = 1; span <= 20; span++) {
            double p = histogram.get(span - 1).asDouble();
            assertThat(spanLengths.getOrDefault(span, 0) / (double) spans)
                    .as("spans of %d tokens in segments of %d", span, length)
                    .isCloseTo(p, within(5 * Math.sqrt(2 * p * (1 - p) / samples) + 1e-3));
        }
    }

    @Test
    void everyMaskObeysTheInvariants() {
        RandomSpansNoiseMask mask = new RandomSpansNoiseMask(0.15, 3);
        for (int length = 2; length <= 600; length++) {
            boolean[] noise = mask.mask(length, new CounterRandom(7, Purpose.NOISE, 0, length));
            SpanCounts counts = SpanCounts.of(length, 0.15, 3);
            assertThat(noise[0]).isFalse();
            assertThat(noise[length - 1]).isTrue();
            int noiseTokens = 0;
            int noiseRuns = 0;
            for (int i = 0; i < length; i++) {
                noiseTokens += noise[i] ? 1 : 0;
                noiseRuns += noise[i] && !noise[i - 1] ? 1 : 0;
            }
            assertThat(noiseTokens).isEqualTo(counts.noiseTokens());
            assertThat(noiseRuns).isEqualTo(counts.noiseSpans());
        }
    }

    @Test
    void spanLengthsFollowTheLawOfUniformCompositions() {
        // 6 noise tokens in 3 spans: P(s) = C(6-s-1, 1) / C(5, 2) = (5-s)/10.
        RandomSpansNoiseMask mask = new RandomSpansNoiseMask(0.3, 2);
        int[] counts = new int[5];
        int samples = 20_000;
        for (int sample = 0; sample < samples; sample++) {
            boolean[] noise = mask.mask(20, new CounterRandom(3, Purpose.NOISE, 0, sample));
            int run = 0;
            for (int i = 0; i < 20; i++) {
                run = noise[i] ? run + 1 : 0;
                if (noise[i] && (i == 19 || !noise[i + 1])) {
                    counts[run]++;
                }
            }
        }
        for (int span = 1; span <= 4; span++) {
            assertThat(counts[span] / (3.0 * samples)).isCloseTo((5 - span) / 10.0, within(0.01));
        }
    }

    @Test
    void everyMaskIsAsLikely() {
        // 6 of 20 tokens in 3 spans: C(5, 2) ways to cut the noise, times C(13, 2) to cut the rest.
        RandomSpansNoiseMask mask = new RandomSpansNoiseMask(0.3, 2);
        Map<String, Integer> counts = new HashMap<>();
        int samples = 78_000;
        for (int sample = 0; sample < samples; sample++) {
            boolean[] noise = mask.mask(20, new CounterRandom(8, Purpose.NOISE, 0, sample));
            counts.merge(Arrays.toString(noise), 1, Integer::sum);
        }
        assertThat(counts).hasSize(10 * 78);
        double expected = samples / 780.0;
        double chiSquare = counts.values().stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(chiSquare).isCloseTo(779, within(4 * Math.sqrt(2 * 779)));
    }

    @Test
    void aMaskThatStartsWithNoiseKeepsTheReferencesMisalignedSentinels() {
        WordTokenizer tokenizer = new WordTokenizer(1000, 100);
        int[] tokens = {10, 11, 12, 13, 14, 15};
        boolean[] noise = {true, true, false, false, true, false};
        assertThat(new Sentinels(tokenizer).noiseSpanToUniqueSentinel(tokens, noise))
                .containsExactly(999, 12, 13, 998, 15);
        assertThat(new Sentinels(tokenizer).nonNoiseSpanToUniqueSentinel(tokens, noise))
                .containsExactly(10, 11, 999, 14, 998);
    }

    @Test
    void theReferencesOwnDenoiseTestHolds() {
        WordTokenizer tokenizer = new WordTokenizer(26, 2);
        int[] tokens = {3, 2, 20, 4, 3, 2, 8, 13, 2, 3, 2, 23, 7, 19, 22, 3, 2, 7, 2};
        boolean[] noise = new boolean[tokens.length];
        noise[8] = true;
        Arrays.fill(noise, 14, 19, true);
        int[] inputs = {3, 2, 20, 4, 3, 2, 8, 13, 25, 3, 2, 23, 7, 19, 24};
        int[] targets = {25, 2, 24, 22, 3, 2, 7, 2};
        assertThat(new Sentinels(tokenizer).noiseSpanToUniqueSentinel(tokens, noise))
                .isEqualTo(inputs);
        assertThat(new Sentinels(tokenizer).nonNoiseSpanToUniqueSentinel(tokens, noise))
                .isEqualTo(targets);
        boolean[] none = new boolean[tokens.length];
        assertThat(new Sentinels(tokenizer).noiseSpanToUniqueSentinel(tokens, none))
                .isEqualTo(tokens);
        assertThat(new Sentinels(tokenizer).nonNoiseSpanToUniqueSentinel(tokens, none))
                .containsExactly(25);
    }

    @Test
    void moreSpansThanSentinelsIsAnErrorWithARemedy() {
        assertThatThrownBy(() -> new Sentinels(new WordTokenizer(100, 1))
                        .noiseSpanToUniqueSentinel(new int[] {5, 6, 7}, new boolean[] {true, false, true}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("more noise spans than the vocabulary has sentinels (1)");
    }

    @Test
    void noDensityMasksNothing() {
        assertThat(new RandomSpansNoiseMask(0, 3).mask(3, new CounterRandom(0, Purpose.NOISE, 0, 0)))
                .containsExactly(false, false, false);
    }
}
