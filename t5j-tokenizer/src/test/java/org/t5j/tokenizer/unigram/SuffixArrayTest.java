package org.t5j.tokenizer.unigram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Suffixes and common prefixes of random and of regular texts, against sorting by comparison. */
class SuffixArrayTest {

    @Test
    void sortsRandomTexts() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 2000; round++) {
            int alphabet = 2 + random.nextInt(round % 3 == 0 ? 30 : 3);
            int[] text = random.ints(1 + random.nextInt(200), 1, alphabet).toArray();
            text[text.length - 1] = 0;
            check(text, alphabet);
        }
    }

    @Test
    void sortsRepetitiveTexts() {
        int[] words = {1, 2, 1, 1, 2};
        for (int i = 0; i < 8; i++) {
            int[] previous = words;
            words = IntStream.concat(Arrays.stream(previous), Arrays.stream(previous, 0, previous.length / 2 + 1))
                    .toArray();
            int[] text = Arrays.copyOf(words, words.length + 1);
            check(text, 3);
        }
        int[] equal = new int[5000];
        Arrays.fill(equal, 0, 4999, 1);
        check(equal, 2);
    }

    private static void check(int[] text, int alphabet) {
        int[] expected = IntStream.range(0, text.length)
                .boxed()
                .sorted(Comparator.comparing(
                        i -> i, (i, k) -> Arrays.compare(text, i, text.length, text, k, text.length)))
                .mapToInt(i -> i)
                .toArray();
        int[] sorted = SuffixArray.of(text, alphabet);
        assertThat(sorted).isEqualTo(expected);
        int[] common = SuffixArray.commonPrefixes(text, sorted);
        assertThat(common[sorted[0]]).isZero();
        for (int i = 1; i < sorted.length; i++) {
            int mismatch = Arrays.mismatch(text, sorted[i - 1], text.length, text, sorted[i], text.length);
            assertThat(common[sorted[i]]).isEqualTo(mismatch);
        }
    }
}
