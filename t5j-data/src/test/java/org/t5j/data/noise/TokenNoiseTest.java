package org.t5j.data.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.WordTokenizer;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** What replaces noise: the published values of {@code t5/data/preprocessors_test.py}, and laws where numbers are drawn. */
class TokenNoiseTest {
    private static final int[] TOKENS = {10, 11, 12, 13, 14, 15};
    private static final boolean[] NOISE = {true, true, false, false, true, false};
    private final Sentinels sentinels = new Sentinels(new WordTokenizer(1000, 100));

    private static CounterRandom random(long index) {
        return new CounterRandom(5, Purpose.NOISE, 0, index);
    }

    @Test
    void theReferencesTableHolds() {
        assertThat(sentinels.noiseTokenToSentinel(TOKENS, NOISE)).containsExactly(999, 999, 12, 13, 999, 15);
        assertThat(sentinels.noiseSpanToSentinel(TOKENS, NOISE)).containsExactly(999, 12, 13, 999, 15);
        assertThat(sentinels.nonNoiseSpanToSentinel(TOKENS, NOISE)).containsExactly(10, 11, 999, 14, 999);
        assertThat(sentinels.noiseSpanToUniqueSentinel(TOKENS, NOISE)).containsExactly(999, 12, 13, 998, 15);
        assertThat(sentinels.nonNoiseSpanToUniqueSentinel(TOKENS, NOISE)).containsExactly(10, 11, 999, 14, 998);
        assertThat(NoiseDropping.dropNoise(TOKENS, NOISE)).containsExactly(12, 13, 15);
        assertThat(NoiseDropping.dropNonNoise(TOKENS, NOISE)).containsExactly(10, 11, 14);
    }

    @Test
    void alignedTargetsHaveTheSentinelOfTheInputsBeforeEveryRun() {
        assertThat(sentinels.noiseAfterItsSentinel(TOKENS, NOISE)).containsExactly(999, 10, 11, 998, 14);
        boolean[] startsWithKept = {false, true, false, true, true, true};
        assertThat(sentinels.noiseAfterItsSentinel(TOKENS, startsWithKept))
                .isEqualTo(sentinels.nonNoiseSpanToUniqueSentinel(TOKENS, startsWithKept));
        assertThat(sentinels.noiseAfterItsSentinel(TOKENS, new boolean[6])).isEmpty();
    }

    @Test
    void reusedSentinelsRunOnDownwardIntoOrdinaryTokens() {
        Sentinels reused = new Sentinels(new WordTokenizer(32100, 100), SentinelOverflow.REUSE);
        int[] tokens = IntStream.range(100, 500).toArray();
        boolean[] everySecond = new boolean[400];
        IntStream.range(0, 200).forEach(i -> everySecond[2 * i] = true);
        int[] inputs = reused.noiseSpanToUniqueSentinel(tokens, everySecond);
        for (int run = 0; run < 200; run++) {
            assertThat(inputs[2 * run]).isEqualTo(32099 - run);
        }
        assertThatThrownBy(() ->
                        new Sentinels(new WordTokenizer(32100, 100)).noiseSpanToUniqueSentinel(tokens, everySecond))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("more noise spans than the vocabulary has sentinels (100)")
                .hasMessageContaining("sentinelOverflow");
    }

    @Test
    void reuseEndsBeforeTheSpecialTokens() {
        Sentinels reused = new Sentinels(new WordTokenizer(10, 4), SentinelOverflow.REUSE);
        assertThat(reused.capacity()).isEqualTo(7);
        assertThat(reused.id(6)).isEqualTo(3);
        assertThatThrownBy(() -> reused.id(7)).isInstanceOf(DataException.class);
    }

    @Test
    void randomTokensAreNeverPaddingEndOfSequenceOrUnknownButMayBeSentinels() {
        int[] tokens = new int[2000];
        boolean[] noise = new boolean[2000];
        Arrays.fill(noise, 0, 1990, true);
        int[] drawn = RandomTokens.fromVocabulary(tokens, noise, 12, random(0));
        int[] counts = new int[12];
        IntStream.range(0, 1990).forEach(i -> counts[drawn[i]]++);
        assertThat(Arrays.copyOf(counts, 3)).containsOnly(0);
        for (int id = 3; id < 12; id++) {
            assertThat(counts[id]).isCloseTo(1990 / 9, within(75));
        }
        assertThat(Arrays.copyOfRange(drawn, 1990, 2000)).as("kept tokens").containsOnly(0);
    }

    @Test
    void aTenthOfTheNoiseIsRandomAndNoneIsKept() {
        int[] tokens = new int[20_000];
        Arrays.fill(tokens, 500);
        boolean[] noise = new boolean[20_000];
        Arrays.fill(noise, 0, 10_000, true);
        int[] replaced = RandomTokens.orSentinel(tokens, noise, 0.1, 31_999, 30_000, random(1));
        long sentinel =
                IntStream.of(replaced).limit(10_000).filter(id -> id == 31_999).count();
        long kept = IntStream.of(replaced).limit(10_000).filter(id -> id == 500).count();
        assertThat(sentinel).isBetween(8850L, 9150L);
        assertThat(kept).isLessThan(5);
        assertThat(IntStream.of(replaced).skip(10_000)).containsOnly(500);
    }

    @Test
    void permutedNoiseHoldsTheSameTokensAndLeavesTheOthers() {
        for (int sample = 0; sample < 200; sample++) {
            int[] permuted = RandomTokens.permuted(TOKENS, NOISE, random(sample));
            assertThat(new int[] {permuted[2], permuted[3], permuted[5]}).containsExactly(12, 13, 15);
            assertThat(new int[] {permuted[0], permuted[1], permuted[4]}).containsExactlyInAnyOrder(10, 11, 14);
        }
        assertThat(RandomTokens.permuted(TOKENS, new boolean[6], random(0))).isEqualTo(TOKENS);
    }

    @Test
    void everyPermutationIsAsLikely() {
        int[] counts = new int[16];
        for (int sample = 0; sample < 12_000; sample++) {
            int[] permuted = RandomTokens.permuted(TOKENS, NOISE, random(sample));
            counts[(permuted[0] - 10) * 2 + (permuted[1] > permuted[4] ? 1 : 0)]++;
        }
        for (int order : new int[] {0, 1, 2, 3, 8, 9}) {
            assertThat(counts[order]).isCloseTo(2000, within(250));
        }
    }

    @Test
    void gatheredTokensComeFromTheWholeSegmentWithReplacement() {
        int[] counts = new int[16];
        for (int sample = 0; sample < 2000; sample++) {
            int[] gathered = RandomTokens.gathered(TOKENS, NOISE, random(sample));
            assertThat(new int[] {gathered[2], gathered[3], gathered[5]}).containsExactly(12, 13, 15);
            for (int place : new int[] {0, 1, 4}) {
                counts[gathered[place]]++;
            }
        }
        for (int token : TOKENS) {
            assertThat(counts[token]).isCloseTo(1000, within(150));
        }
    }
}
