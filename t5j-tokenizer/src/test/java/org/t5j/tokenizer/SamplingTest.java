package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.tokenizer.NBestSegmenter.Scored;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.unigram.UnigramSegmenter;

/** Segmentations are drawn as often as their scores say; seeds are fixed, so that a test passes always or never. */
class SamplingTest {

    private static final ModelProto MODEL = ModelProto.read(Goldens.resource("uni1k_en.model"));
    private static final SentencePieceTokenizer TOKENIZER = SentencePieceTokenizer.of(MODEL, 0);
    private static final int DRAWS = 40_000;

    /** Below this a chi-square value is, for {@code n} degrees of freedom, in all but about one case in 1000. */
    private static double critical(int n) {
        double z = 3.09;
        return n * Math.pow(1 - 2.0 / (9 * n) + z * Math.sqrt(2.0 / (9 * n)), 3);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.1, 2", "0.5, 3", "0.7, 4", "1, 5"})
    void drawsAmongAllFollowTheLattice(float alpha, int seed) {
        check("thing", new Sampling(alpha, -1), allPaths("thing"), seed);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 2, 6", "0.5, 5, 7", "1, 64, 8"})
    void drawsAmongTheBestFollowTheirScores(float alpha, int size, int seed) {
        List<Scored> all = allPaths("cold day");
        check("cold day", new Sampling(alpha, size), all.subList(0, Math.min(size, all.size())), seed);
    }

    private static List<Scored> allPaths(String text) {
        Bytes normalized = new Bytes(64);
        normalized.append("\u2581" + text.replace(' ', '\u2581'), 0, text.length() + 1);
        List<Scored> all = new UnigramSegmenter(Vocabulary.of(MODEL)).nBest(normalized, 1024);
        assertThat(all).hasSizeBetween(8, 1023);
        return all;
    }

    /** Chi-square over the paths that are expected at least five times, and the others together. */
    private static void check(String text, Sampling sampling, List<Scored> paths, int seed) {
        double sum = paths.stream().mapToDouble(path -> weight(path, sampling)).sum();
        Map<List<Integer>, Integer> drawn = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DRAWS; i++) {
            List<Integer> ids = Arrays.stream(TOKENIZER.sample(text, sampling, random))
                    .boxed()
                    .toList();
            drawn.merge(ids, 1, Integer::sum);
        }
        double chiSquare = 0;
        int classes = 0;
        double restExpected = DRAWS;
        int restDrawn = DRAWS;
        for (Scored path : paths) {
            double expected = DRAWS * weight(path, sampling) / sum;
            int observed = drawn.getOrDefault(ids(path), 0);
            if (expected >= 5) {
                chiSquare += (observed - expected) * (observed - expected) / expected;
                classes++;
                restExpected -= expected;
                restDrawn -= observed;
            }
        }
        if (restExpected >= 5) {
            chiSquare += (restDrawn - restExpected) * (restDrawn - restExpected) / restExpected;
            classes++;
        }
        assertThat(classes).isGreaterThan(1);
        assertThat(chiSquare).as("chi-square of %d classes", classes).isLessThan(critical(classes - 1));
        assertThat(drawn.keySet())
                .isSubsetOf(paths.stream().map(SamplingTest::ids).toList());
    }

    private static double weight(Scored path, Sampling sampling) {
        return Math.exp((double) sampling.alpha() * path.score());
    }

    private static List<Integer> ids(Scored path) {
        return IntStream.range(0, path.pieces().size())
                .map(path.pieces()::id)
                .boxed()
                .toList();
    }

    @Test
    void theSameSeedGivesTheSameIdsAndNoNBestGivesTheEncoding() {
        String text = "It was a bright cold day in April. ".repeat(200);
        for (Sampling sampling : List.of(Sampling.ofAll(0.2f), new Sampling(0.2f, 16))) {
            int[] ids = TOKENIZER.sample(text, sampling, new SplittableRandom(9));
            assertThat(ids).isEqualTo(TOKENIZER.sample(text, sampling, new SplittableRandom(9)));
            assertThat(TOKENIZER.decode(ids)).isEqualTo(text.strip());
        }
        assertThat(TOKENIZER.sample(text, new Sampling(0.2f, 1), new SplittableRandom(9)))
                .isEqualTo(TOKENIZER.encode(text));
        assertThat(TOKENIZER.sample("", Sampling.ofAll(1), new SplittableRandom(9)))
                .isEmpty();
    }

    @Test
    void sentinelsStayWhole() {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(MODEL, 100);
        int[] ids = tokenizer.sample("cold <extra_id_0> day", Sampling.ofAll(0), new SplittableRandom(3));
        assertThat(ids).contains(tokenizer.sentinelId(0));
        assertThat(tokenizer.decode(ids)).isEqualTo("cold <extra_id_0> day");
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "NaN, 5", "Infinity, 5", "0.1, 513"})
    void wrongSettingsAreRefused(float alpha, int size) {
        assertThatThrownBy(() -> new Sampling(alpha, size)).isInstanceOf(TokenizerException.class);
    }
}
