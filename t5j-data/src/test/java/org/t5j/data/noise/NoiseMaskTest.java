package org.t5j.data.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** The masks besides random spans, and what rolling does to those. */
class NoiseMaskTest {

    private static CounterRandom random(long index) {
        return new CounterRandom(11, Purpose.NOISE, 0, index);
    }

    @Test
    void iidMasksHaveTheDensityAndNoMemory() {
        for (double density : new double[] {0.1, 0.15, 0.5}) {
            IidNoiseMask mask = new IidNoiseMask(density);
            int noise = 0;
            int pairs = 0;
            for (int sample = 0; sample < 400; sample++) {
                boolean[] drawn = mask.mask(501, random(sample));
                for (int i = 1; i <= 500; i++) {
                    noise += drawn[i] ? 1 : 0;
                    pairs += drawn[i] && drawn[i - 1] ? 1 : 0;
                }
            }
            double deviation = Math.sqrt(density * (1 - density) / 200_000);
            assertThat(noise / 200_000.0).isCloseTo(density, within(5 * deviation));
            assertThat(pairs / 200_000.0).isCloseTo(density * density, within(8 * deviation));
        }
        assertThat(new IidNoiseMask(1).mask(100, random(0))).containsOnly(true);
        assertThat(new IidNoiseMask(0).mask(100, random(0))).containsOnly(false);
    }

    @Test
    void regularMasksOfTheReferencesTestHaveAFifthOfTheLength() {
        for (int sample = 0; sample < 100; sample++) {
            boolean[] mask = new RegularNoiseMask(0.25, 2, 2).mask(800, random(sample));
            assertThat(NoiseRuns.tokens(mask)).isEqualTo(200);
        }
    }

    @Test
    void regularMasksRepeatWithThePeriodOfTheirSpan() {
        RegularNoiseMask regular = new RegularNoiseMask(0.15, 1, 5);
        assertThat(new int[] {
                    regular.period(1), regular.period(2), regular.period(3), regular.period(4), regular.period(5)
                })
                .containsExactly(7, 13, 20, 27, 33);
        Map<Integer, Integer> spans = new HashMap<>();
        for (int sample = 0; sample < 5000; sample++) {
            boolean[] mask = regular.mask(200, random(sample));
            int span = longestRun(mask);
            spans.merge(span, 1, Integer::sum);
            for (int i = regular.period(span); i < 200; i++) {
                assertThat(mask[i]).isEqualTo(mask[i - regular.period(span)]);
            }
        }
        assertThat(spans.keySet()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(spans.values()).allSatisfy(count -> assertThat(count).isCloseTo(1000, within(150)));
    }

    private static int longestRun(boolean[] mask) {
        int longest = 0;
        int run = 0;
        for (boolean noise : mask) {
            run = noise ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    @Test
    void theLargestCountsOfRegularMasksAreThoseOfAllOffsets() {
        ToIntFunction<boolean[]> targets = mask -> NoiseRuns.tokens(mask) + NoiseRuns.ofOthers(mask);
        for (double density : new double[] {0.1, 0.15, 0.4, 0.5, 0.8, 1}) {
            RegularNoiseMask regular = new RegularNoiseMask(density, 1, 5);
            for (int length = 1; length <= 120; length++) {
                int runs = 0;
                int tokensAndRuns = 0;
                for (int span = 1; span <= 5; span++) {
                    for (int offset = 0; offset < regular.period(span); offset++) {
                        boolean[] mask = regular.mask(length, span, offset);
                        runs = Math.max(runs, NoiseRuns.ofNoise(mask));
                        tokensAndRuns = Math.max(tokensAndRuns, targets.applyAsInt(mask));
                    }
                }
                assertThat(regular.largest(length, NoiseRuns::ofNoise)).isEqualTo(runs);
                assertThat(regular.largest(length, targets)).isEqualTo(tokensAndRuns);
            }
        }
    }

    @Test
    void prefixesHaveEveryLengthFromOneToAllButOne() {
        RandomPrefixNoiseMask prefix = new RandomPrefixNoiseMask(0.5);
        Map<Integer, Integer> lengths = new TreeMap<>();
        for (int sample = 0; sample < 9000; sample++) {
            boolean[] mask = prefix.mask(10, random(sample));
            assertThat(mask[0]).isTrue();
            assertThat(mask[9]).isFalse();
            assertThat(NoiseRuns.ofNoise(mask)).isEqualTo(1);
            lengths.merge(NoiseRuns.tokens(mask), 1, Integer::sum);
        }
        assertThat(lengths.keySet()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(lengths.values()).allSatisfy(count -> assertThat(count).isCloseTo(1000, within(150)));
        assertThat(prefix.mask(1, random(0))).containsExactly(false);
        assertThat(prefix.mask(2, random(0))).containsExactly(true, false);
    }

    @Test
    void aLowerDensityLengthensTheShortestPrefix() {
        RandomPrefixNoiseMask prefix = new RandomPrefixNoiseMask(0.25);
        assertThat(prefix.shortest(101)).isEqualTo(50);
        assertThat(new RandomPrefixNoiseMask(0.5).shortest(511)).isEqualTo(1);
        for (int sample = 0; sample < 500; sample++) {
            assertThat(NoiseRuns.tokens(prefix.mask(101, random(sample)))).isBetween(50, 100);
        }
    }

    @Test
    void rollingKeepsTheCountsUpToOneSplitRunAndMovesNoiseEverywhere() {
        RandomSpansNoiseMask rolled = new RandomSpansNoiseMask(0.15, 3, true);
        SpanCounts counts = SpanCounts.of(20, 0.15, 3);
        int[] noiseAt = new int[20];
        for (int sample = 0; sample < 8000; sample++) {
            boolean[] mask = rolled.mask(20, random(sample));
            assertThat(NoiseRuns.tokens(mask)).isEqualTo(counts.noiseTokens());
            assertThat(NoiseRuns.ofNoise(mask)).isBetween(counts.noiseSpans(), counts.noiseSpans() + 1);
            assertThat(NoiseRuns.ofNoise(mask) + NoiseRuns.ofOthers(mask)).isLessThan(2 * counts.noiseSpans() + 2);
            for (int i = 0; i < 20; i++) {
                noiseAt[i] += mask[i] ? 1 : 0;
            }
        }
        for (int count : noiseAt) {
            assertThat(count).isCloseTo(1200, within(160));
        }
    }

    @Test
    void masksWithTooManyRunsAreDrawnAgain() {
        NoiseMask limited = new LimitedRuns(new IidNoiseMask(0.5), 5);
        int[] runs = new int[6];
        for (int sample = 0; sample < 2000; sample++) {
            boolean[] mask = limited.mask(20, random(sample));
            runs[NoiseRuns.ofNoise(mask)]++;
            assertThat(NoiseRuns.ofOthers(mask)).isLessThanOrEqualTo(5);
        }
        assertThat(runs[5]).isPositive();
        assertThat(runs[4]).isPositive();
        boolean[] hopeless = new LimitedRuns(new IidNoiseMask(1), 0).mask(3, random(0));
        assertThat(hopeless).containsExactly(true, true, true);
    }

    @Test
    void impossibleDensitiesAndSpansAreRefused() {
        assertThatThrownBy(() -> new IidNoiseMask(1.1)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new IidNoiseMask(Double.NaN)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new RandomPrefixNoiseMask(0.6))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("noiseDensity is 0.6");
        assertThatThrownBy(() -> new RegularNoiseMask(0, 1, 5)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new RegularNoiseMask(0.15, 6, 5))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("maxNoiseSpanLength is 5");
    }
}
