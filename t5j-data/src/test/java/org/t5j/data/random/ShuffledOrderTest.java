package org.t5j.data.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Orders without tables: every example once, all orders alike, other epochs unrelated. */
class ShuffledOrderTest {

    private static ShuffledOrder order(long epoch, long size, int window) {
        return new ShuffledOrder(new CounterRandom(3, Purpose.SHUFFLE, epoch, 77), size, window);
    }

    private static long[] all(ShuffledOrder order, long size) {
        return LongStream.range(0, size).map(order::index).toArray();
    }

    private static void assertPermutation(long[] order) {
        long[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            assertThat(sorted[i]).isEqualTo(i);
        }
    }

    @Test
    void aFeistelPermutationOfEverySizeIsOne() {
        for (int size = 1; size <= 1030; size++) {
            FeistelPermutation permutation = new FeistelPermutation(CounterRandom.mix(size), size);
            assertPermutation(LongStream.range(0, size).map(permutation::apply).toArray());
        }
    }

    @Test
    void everyExampleStandsOnceForEverySizeAndWindow() {
        for (int window : new int[] {1, 2, 7, 256, 300, 512, 1000}) {
            for (int size = 1; size <= 700; size++) {
                assertPermutation(all(order(size, size, window), size));
            }
        }
        for (int size : new int[] {65_535, 65_536, 65_537, 100_003, 1_000_000}) {
            for (int window : new int[] {1, 4096, 65_536}) {
                assertPermutation(all(order(0, size, window), size));
            }
        }
    }

    @Test
    void allOrdersOfAFewExamplesAreAlikeLikely() {
        for (int size = 2; size <= 6; size++) {
            Map<String, Integer> counts = new HashMap<>();
            int orders = LongStream.rangeClosed(1, size).mapToInt(i -> (int) i).reduce(1, (a, b) -> a * b);
            int draws = 500 * orders;
            for (int epoch = 0; epoch < draws; epoch++) {
                counts.merge(Arrays.toString(all(order(epoch, size, 65_536), size)), 1, Integer::sum);
            }
            assertThat(counts).hasSize(orders);
            double chiSquare = counts.values().stream()
                    .mapToDouble(count -> (count - 500.0) * (count - 500.0) / 500)
                    .sum();
            // degrees of freedom + five standard deviations
            assertThat(chiSquare).as("size %d", size).isLessThan(orders - 1 + 5 * Math.sqrt(2.0 * (orders - 1)));
        }
    }

    @Test
    void everyExampleComesAnywhere() {
        for (int window : new int[] {65_536, 512}) {
            int[] bins = new int[20];
            for (int epoch = 0; epoch < 20_000; epoch++) {
                bins[(int) (order(epoch, 5000, window).index(123) / 250)]++;
            }
            double chiSquare = Arrays.stream(bins)
                    .mapToDouble(count -> (count - 1000.0) * (count - 1000.0) / 1000)
                    .sum();
            assertThat(chiSquare).as("window %d", window).isLessThan(19 + 5 * Math.sqrt(38));
        }
    }

    @Test
    void neighboursAreUnrelated() {
        for (int window : new int[] {1, 4096, 1 << 20}) {
            int size = 200_000;
            long[] order = all(order(0, size, window), size);
            double sum = 0;
            int rising = 0;
            for (int i = 1; i < size; i++) {
                sum += (order[i] - size / 2.0) * (order[i - 1] - size / 2.0);
                rising += order[i] > order[i - 1] ? 1 : 0;
            }
            double correlation = sum / size / (size * (double) size / 12);
            // five standard deviations of 1/√n
            assertThat(correlation).as("window %d", window).isCloseTo(0, within(5 / Math.sqrt(size)));
            assertThat(rising / (double) size).isCloseTo(0.5, within(2.5 / Math.sqrt(size)));
        }
    }

    @Test
    void aWindowHoldsShortRunsFromEverywhere() {
        int size = 1_000_000;
        int window = 4096;
        ShuffledOrder order = order(0, size, window);
        int[] tenths = new int[10];
        Set<Long> runs = new HashSet<>();
        for (int i = 0; i < window; i++) {
            tenths[(int) (order.index(i) * 10 / size)]++;
            runs.add(order.index(i) / 16);
        }
        // 256 runs of 16 examples: each touches two aligned runs at most
        assertThat(runs).hasSizeBetween(256, 512);
        for (int count : tenths) {
            // 25.6 runs each: five standard deviations are 24
            assertThat(count / 16.0).isCloseTo(25.6, within(24.0));
        }
    }

    @Test
    void epochsAndWindowsHaveOrdersOfTheirOwn() {
        Set<String> orders = new HashSet<>();
        for (int epoch = 0; epoch < 100; epoch++) {
            orders.add(Arrays.toString(all(order(epoch, 50, 65_536), 50)));
        }
        assertThat(orders).hasSize(100);
        long[] first = all(order(0, 40_000, 1000), 40_000);
        // the same places of two windows hardly ever hold examples at the same distance from the beginning of a run
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            same += first[i] % 3 == first[i + 1000] % 3 ? 1 : 0;
        }
        assertThat(same / 1000.0).isCloseTo(1 / 3.0, within(0.08));
    }

    @Test
    void largeSizesAreAddressedByLongs() {
        long size = 5_000_000_000_000L;
        ShuffledOrder order = order(0, size, 65_536);
        Set<Long> seen = new HashSet<>();
        for (long position = size - 50_000; position < size; position++) {
            long index = order.index(position);
            assertThat(index).isBetween(0L, size - 1);
            seen.add(index);
        }
        assertThat(seen).hasSize(50_000);
    }
}
