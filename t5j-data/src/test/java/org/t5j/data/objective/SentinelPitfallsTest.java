package org.t5j.data.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.noise.Sentinels;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** What people get wrong about sentinels and the end of sequence: here it is as in the reference's code. */
class SentinelPitfallsTest {
    private static final WordTokenizer T5 = new WordTokenizer();
    private static final int FIRST_SENTINEL = 32_099;

    private static CounterRandom random(long index) {
        return new CounterRandom(2, Purpose.NOISE, 0, index);
    }

    private static Objective objective(String name, String settings) {
        return Objectives.create(Configs.of(name, settings), T5);
    }

    private static boolean isSentinel(int id) {
        return id >= 32_000;
    }

    @Test
    void targetsOfSpanCorruptionStartWithASentinelAndHaveNoneAtTheEnd() {
        Objective objective = objective("span_corruption", "");
        for (int length = 2; length <= 568; length++) {
            int[] targets = objective
                    .apply(IntStream.range(100, 100 + length).toArray(), random(length))
                    .targets();
            assertThat(targets[0]).isEqualTo(FIRST_SENTINEL);
            assertThat(isSentinel(targets[targets.length - 2])).isFalse();
        }
    }

    @Test
    void iidTargetsEndWithASentinelExactlyWhereTheLastTokenIsKept() {
        Objective objective = objective("iid_denoising", "inputLength: 64");
        int[] tokens = IntStream.range(100, 163).toArray();
        boolean both = false;
        boolean neither = false;
        for (int sample = 0; sample < 200; sample++) {
            TokenExample example = objective.apply(tokens, random(sample));
            boolean keepsLast = example.inputs()[example.inputs().length - 2] == 162;
            boolean endsWithSentinel = isSentinel(example.targets()[example.targets().length - 2]);
            assertThat(endsWithSentinel).isEqualTo(keepsLast);
            both |= keepsLast;
            neither |= !keepsLast;
        }
        assertThat(both && neither).isTrue();
    }

    @Test
    void aMaskThatStartsWithNoiseMisalignsTheSentinelsUnlessTheyAreToldToAlign() {
        int[] tokens = IntStream.range(100, 163).toArray();
        Objective asPublished = objective("iid_denoising", "inputLength: 64");
        Objective aligned = objective("iid_denoising", "inputLength: 64, alignSentinels: true");
        boolean found = false;
        for (int sample = 0; sample < 100; sample++) {
            TokenExample example = asPublished.apply(tokens, random(sample));
            TokenExample mended = aligned.apply(tokens, random(sample));
            assertThat(mended.inputs()).isEqualTo(example.inputs());
            if (example.inputs()[0] == FIRST_SENTINEL) {
                assertThat(example.targets()[0]).as("noise without a sentinel").isEqualTo(100);
                assertThat(mended.targets()).startsWith(FIRST_SENTINEL, 100);
                found = true;
            }
            assertThat(isSentinel(mended.targets()[mended.targets().length - 2]))
                    .as("no sentinel after the last run")
                    .isFalse();
        }
        assertThat(found).isTrue();
    }

    @Test
    void moreRunsThanSentinelsAreAnErrorThatSaysSoUnlessReuseIsAskedFor() {
        assertThatThrownBy(() -> objective("iid_denoising", "noiseDensity: 0.5"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("128 noise spans on average")
                .hasMessageContaining("100 sentinels")
                .hasMessageContaining("sentinelOverflow to REUSE");
        Objective reused = objective("iid_denoising", "noiseDensity: 0.5, sentinelOverflow: 'REUSE'");
        TokenExample example = reused.apply(IntStream.range(100, 611).toArray(), random(0));
        long runs = IntStream.of(example.inputs()).filter(id -> id > 31_000).count();
        assertThat(runs).isGreaterThan(100);
        assertThat(example.inputs()).contains(31_999, 31_998);
    }

    @Test
    void aRateThatOverflowsNowAndThenIsRefusedBeforeTraining() {
        assertThatThrownBy(() -> objective("iid_denoising", "noiseDensity: 0.25"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("96 noise spans on average")
                .hasMessageContaining("% of the segments");
        assertThat(objective("iid_denoising", "")).as("the baseline fits").isNotNull();
    }

    @Test
    void spanCorruptionAndRegularSpansCountTheirRunsBeforeTraining() {
        assertThatThrownBy(() -> objective("span_corruption", "noiseDensity: 0.5"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("128 noise spans, but the vocabulary has 100 sentinels");
        assertThatThrownBy(() -> objective("regular_spans", "noiseDensity: 0.5"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("256 noise spans, but the vocabulary has 100 sentinels");
        assertThat(objective("span_corruption", "noiseDensity: 0.5, sentinelOverflow: 'REUSE'")
                        .targetLength())
                .isEqualTo(512);
    }

    @Test
    void aVocabularyWithoutSentinelsIsRefusedByEveryObjectiveThatWritesThem() {
        WordTokenizer none = new WordTokenizer(32_000, 0);
        for (String name :
                new String[] {"span_corruption", "iid_denoising", "mass_style", "bert_style", "regular_spans"}) {
            assertThatThrownBy(() -> Objectives.create(ObjectiveConfig.named(name, 64), none))
                    .as(name)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("0 sentinels");
        }
        assertThat(Objectives.create(ObjectiveConfig.named("prefix_lm", 64), none))
                .isNotNull();
    }

    @Test
    void theEndOfSequenceComesAfterTrimmingToOneLess() {
        Objective objective = objective("iid_denoising", "targetLength: 192, noiseDensity: 0.15");
        Objective whole = objective("iid_denoising", "");
        int trimmed = 0;
        int[] tokens = IntStream.range(100, 611).toArray();
        for (int sample = 0; sample < 20_000; sample++) {
            int[] targets = objective.apply(tokens, random(sample)).targets();
            assertThat(targets[targets.length - 1]).isEqualTo(T5.eosId());
            int[] all = whole.apply(tokens, random(sample)).targets();
            if (all.length > 192) {
                trimmed++;
                assertThat(targets).hasSize(192);
                assertThat(Arrays.copyOf(targets, 191)).isEqualTo(Arrays.copyOf(all, 191));
            }
        }
        assertThat(trimmed).as("of 20,000 with probability 3.1e-4").isBetween(1, 20);
    }

    @Test
    void theMaskDoesNotDependOnWhatReplacesTheNoise() {
        int[] tokens = IntStream.range(100, 611).toArray();
        for (int sample = 0; sample < 20; sample++) {
            int[] mass =
                    objective("mass_style", "").apply(tokens, random(sample)).inputs();
            int[] bert =
                    objective("bert_style", "").apply(tokens, random(sample)).inputs();
            int[] dropped =
                    objective("drop_tokens", "").apply(tokens, random(sample)).inputs();
            int[] kept = IntStream.of(mass).filter(id -> id != FIRST_SENTINEL).toArray();
            assertThat(dropped).isEqualTo(kept);
            for (int i = 0; i < 511; i++) {
                assertThat(mass[i] == FIRST_SENTINEL || bert[i] == mass[i]).isTrue();
            }
        }
    }

    @Test
    void sentinelsCountDownFromTheLastIdOfTheVocabulary() {
        assertThat(new Sentinels(T5).id(0)).isEqualTo(32_099);
        assertThat(new Sentinels(T5).id(99)).isEqualTo(32_000);
    }
}
