package org.t5j.data.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-grams of a few sequences as numbers from 0: equal n-grams have the same number, n-grams of other orders other ones.
 * Not thread-safe.
 */
final class Ngrams {
    private final int order;
    private final Map<Object, Integer> units = new HashMap<>();
    private final Map<Long, Integer> numbers = new HashMap<>();

    /** @param order the longest n-grams */
    Ngrams(int order) {
        this.order = order;
    }

    /** The n-grams of a sequence: {@code [n - 1][start]}. */
    int[][] of(List<?> sequence) {
        int[] ids = sequence.stream()
                .mapToInt(unit -> units.computeIfAbsent(unit, key -> units.size()))
                .toArray();
        int[][] grams = new int[order][];
        for (int n = 1; n <= order; n++) {
            grams[n - 1] = new int[Math.max(ids.length - n + 1, 0)];
            for (int start = 0; start < grams[n - 1].length; start++) {
                long prefix = n == 1 ? 0 : 1L + grams[n - 2][start];
                long key = prefix << 32 | ids[start + n - 1];
                grams[n - 1][start] = numbers.computeIfAbsent(key, each -> numbers.size());
            }
        }
        return grams;
    }

    /** How often each n-gram seen so far is among {@code grams}, by its number. */
    int[] counts(int[][] grams) {
        int[] counts = new int[numbers.size()];
        for (int[] ofOneOrder : grams) {
            Arrays.stream(ofOneOrder).forEach(gram -> counts[gram]++);
        }
        return counts;
    }

    /** How many of {@code grams} are matched, by order - 1; each n-gram as often as {@code counts} has it at most. */
    static long[] matches(int[][] grams, int[] counts) {
        int[] left = counts.clone();
        return Arrays.stream(grams)
                .mapToLong(ofOneOrder -> Arrays.stream(ofOneOrder)
                        .filter(gram -> left[gram]-- > 0)
                        .count())
                .toArray();
    }
}
