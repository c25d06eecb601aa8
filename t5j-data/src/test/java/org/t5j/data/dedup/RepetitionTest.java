package org.t5j.data.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionTest {
    private final Random random = new Random(11);

    private static RepeatedKeys.Keys keys(long[] values) {
        return new RepeatedKeys.Keys() {
            @Override
            public long size() {
                return values.length;
            }

            @Override
            public void forEach(LongConsumer consumer) {
                Arrays.stream(values).forEach(consumer);
            }
        };
    }

    @Test
    void firstOccurrencesStayWhateverMemoryAndThreads() {
        long[] values = random.longs(200_000)
                .map(value -> TextHash.combine(1, value % 60_000))
                .toArray();
        values[7] = 0;
        values[70_000] = 0;
        Set<Long> seen = new HashSet<>();
        boolean[] expected = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            expected[i] = !seen.add(values[i]);
        }
        for (int threads = 1; threads <= 4; threads++) {
            for (long memory : new long[] {1 << 16, 1 << 20, 1 << 30}) {
                assertThat(RepeatedKeys.find(keys(values), memory, threads).range(0, values.length))
                        .isEqualTo(expected);
            }
        }
        assertThat(RepeatedKeys.parts(100_000_000, 350L << 20, 2)).isEqualTo(10);
    }

    @Test
    void setsGrow() {
        LongSet set = new LongSet(1);
        long[] values = random.longs(10_000).toArray();
        for (long value : values) {
            assertThat(set.add(value)).isTrue();
        }
        for (long value : values) {
            assertThat(set.add(value)).isFalse();
        }
        assertThat(set.size()).isEqualTo(10_000);
    }

    private List<String> words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "w" + random.nextInt(1_000_000))
                .collect(Collectors.toList());
    }

    /** Share of equal values is the similarity, with a deviation of √(s(1-s)/n). */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.3, 0.5})
    void signaturesEstimateTheSimilarity(double changed) {
        MinHash hash = new MinHash(1, 500, 4);
        List<String> words = words(2000);
        List<String> others = new ArrayList<>(words);
        for (int i = 0; i < 2000 * changed; i++) {
            others.set(i, "v" + i);
        }
        String a = String.join(" ", words);
        String b = String.join(" ", others);
        double exact = MinHash.jaccard(hash.shingles(a), hash.shingles(b));
        assertThat(exact).isCloseTo((1 - changed) / (1 + changed), within(0.01));
        int[] one = hash.signature(a);
        int[] two = hash.signature(b);
        double equal =
                IntStream.range(0, one.length).filter(i -> one[i] == two[i]).count() / (double) one.length;
        assertThat(equal).isCloseTo(exact, within(4 * Math.sqrt(exact * (1 - exact) / one.length)));
    }

    @Test
    void shinglesSeeWordsOnly() {
        MinHash hash = new MinHash(3, 1, 1);
        assertThat(hash.shingles("The cat, the CAT; the cat sat!"))
                .isEqualTo(hash.shingles("the cat the cat the cat sat"));
        assertThat(hash.shingles("a b c d")).hasSize(2);
        assertThat(hash.shingles("a b")).hasSize(1).isNotEqualTo(hash.shingles("b a"));
        assertThat(hash.shingles("我们在这里")).hasSize(3);
        assertThat(hash.shingles("... !")).isEmpty();
        assertThat(hash.bandKeys("")).isEmpty();
        assertThat(MinHash.jaccard(new long[] {1, 2, 3}, new long[] {2, 3, 4})).isEqualTo(0.5);
    }

    private static boolean[] nearDuplicates(MinHash hash, List<String> texts, int threads, long memory) {
        int[][] keys = texts.stream().map(hash::bandKeys).toArray(int[][]::new);
        NearDuplicates.BandKeys bands = new NearDuplicates.BandKeys() {
            @Override
            public int documents() {
                return texts.size();
            }

            @Override
            public void forEach(int band, IntConsumer consumer) {
                for (int[] each : keys) {
                    consumer.accept(each.length == 0 ? 0 : each[band]);
                }
            }
        };
        return new NearDuplicates(hash, 0.8, texts::get, threads)
                .find(bands, memory)
                .range(0, texts.size());
    }

    @Test
    void laterDocumentsThatAreAlikeGo() {
        MinHash hash = new MinHash(5, 20, 6);
        List<String> texts = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<String> words = words(150);
            texts.add(String.join(" ", words));
            expected.add(false);
            if (i % 3 == 0) {
                int changes = i % 2 == 0 ? 2 : 20;
                for (int j = 0; j < changes; j++) {
                    words.set(j * 7, "changed");
                }
                texts.add(String.join(" ", words));
                expected.add(changes == 2);
            }
        }
        texts.add("");
        texts.add("");
        expected.addAll(List.of(false, false));
        for (int threads = 1; threads <= 3; threads++) {
            boolean[] found = nearDuplicates(hash, texts, threads, threads == 2 ? 700 : 1 << 20);
            assertThat(found).isEqualTo(toArray(expected));
        }
    }

    private static boolean[] toArray(List<Boolean> values) {
        boolean[] array = new boolean[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    @Test
    void workKeepsItsOrderAndItsErrors() {
        List<Integer> results = new ArrayList<>();
        Parallel.inOrder(IntStream.range(0, 1000).iterator(), 4, results::add, i -> i * 2);
        assertThat(results)
                .isEqualTo(IntStream.range(0, 1000).map(i -> i * 2).boxed().toList());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Parallel.forEach(10, 2, i -> {
                    throw new IllegalStateException("number " + i);
                }))
                .hasMessage("number 0");
    }
}
