package org.t5j.data.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counter-based randomness: a pure function of its key, uniform, and stable from release to release. */
class CounterRandomTest {

    @Test
    void everyPartOfTheKeyMatters() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = 0; seed < 4; seed++) {
            for (Purpose purpose : Purpose.values()) {
                for (long epoch = 0; epoch < 4; epoch++) {
                    for (long index = 0; index < 50; index++) {
                        firsts.add(new CounterRandom(seed, purpose, epoch, index).nextLong());
                    }
                }
            }
        }
        assertThat(firsts).hasSize(4 * Purpose.values().length * 4 * 50);
    }

    @Test
    void numbersStayWhatTheyWereWhenOldRunsWereSaved() {
        CounterRandom random = new CounterRandom(42, Purpose.NOISE, 3, 7);
        assertThat(random.nextLong()).isEqualTo(3565037323431883970L);
        assertThat(random.permutation(8)).containsExactly(1, 2, 6, 4, 0, 7, 5, 3);
    }

    @Test
    void permutationsAreUniform() {
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++) {
            int[] order = new CounterRandom(1, Purpose.SHUFFLE, 0, i).permutation(3);
            assertThat(order).containsExactlyInAnyOrder(0, 1, 2);
            counts[order[0] * 2 + (order[1] > order[2] ? 1 : 0)]++;
        }
        for (int count : counts) {
            assertThat(count).isCloseTo(10_000, within(500));
        }
    }

    @Test
    void boundedAndRealNumbersCoverTheirRanges() {
        CounterRandom random = new CounterRandom(9, Purpose.MIXTURE, 0, 0);
        int[] counts = new int[5];
        double sum = 0;
        for (int i = 0; i < 50_000; i++) {
            counts[random.nextInt(5)]++;
            double real = random.nextDouble();
            assertThat(real).isBetween(0.0, 1.0);
            sum += real;
        }
        for (int count : counts) {
            assertThat(count).isCloseTo(10_000, within(500));
        }
        assertThat(sum / 50_000).isCloseTo(0.5, within(0.01));
    }
}
