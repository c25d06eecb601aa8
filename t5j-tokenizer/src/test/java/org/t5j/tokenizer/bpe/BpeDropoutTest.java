package org.t5j.tokenizer.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.SpmTools;
import org.t5j.tokenizer.TestModels;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;

/** BPE-dropout: its two ends exactly, what lies between by the frequencies of segmentations. */
class BpeDropoutTest {

    private static final int DRAWS = 30_000;

    /** Quantiles of the chi-square distribution that are exceeded once in 1000 times, by degrees of freedom. */
    private static final double[] CHI_SQUARE = {0, 10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12, 27.88, 29.59
    };

    private static final List<Piece> ABC = List.of(
            piece("a", -10), piece("b", -11), piece("c", -12), piece("ab", 0), piece("abc", -1), piece("bc", -2));

    @Test
    void withoutDropoutTheSampleIsTheSegmentation() {
        SplittableRandom random = new SplittableRandom(1);
        for (double unused : new double[] {0, 0.3}) {
            BpeSegmenter segmenter = segmenter(TestModels.randomPieces(random, 100, unused, 0.05));
            for (int i = 0; i < 500; i++) {
                String text = randomText(random);
                Segmentation plain = new Segmentation();
                segmenter.segment(bytes(text), plain);
                assertThat(sample(segmenter, text, 0, random)).isEqualTo(ends(plain));
                assertThat(sample(segmenter, text, -1, random)).isEqualTo(ends(plain));
                assertThat(sample(segmenter, text, Float.NaN, random)).isEqualTo(ends(plain));
            }
        }
    }

    @Test
    void withFullDropoutTheSampleIsTheCharacters() {
        SplittableRandom random = new SplittableRandom(2);
        for (double unused : new double[] {0, 0.3}) {
            BpeSegmenter segmenter = segmenter(TestModels.randomPieces(random, 100, unused, 0));
            for (int i = 0; i < 500; i++) {
                String text = randomText(random);
                List<Integer> characterEnds = IntStream.rangeClosed(1, text.length())
                        .mapToObj(length -> bytes(text.substring(0, length)).length())
                        .toList();
                assertThat(sample(segmenter, text, 1, random)).isEqualTo(characterEnds);
                assertThat(sample(segmenter, text, 7, random)).isEqualTo(characterEnds);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.3f, 0.5f, 0.9f})
    void segmentationsAreAsFrequentAsTheMergesMakeThem(float alpha) {
        double p = alpha;
        double q = 1 - p;
        Map<String, Double> expected = Map.of(
                "[3]", q * q + p * q * q, // ab, then abc; or ab left out, bc, then abc.
                "[2, 3]", q * p,
                "[1, 3]", p * q * p,
                "[1, 2, 3]", p * p);
        SplittableRandom random = new SplittableRandom(42);
        BpeSegmenter segmenter = segmenter(ABC);
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < DRAWS; i++) {
            seen.merge(sample(segmenter, "abc", alpha, random).toString(), 1, Integer::sum);
        }
        assertThat(expected.keySet()).containsAll(seen.keySet());
        double chiSquare = 0;
        for (Map.Entry<String, Double> entry : expected.entrySet()) {
            double mean = DRAWS * entry.getValue();
            chiSquare += Math.pow(seen.getOrDefault(entry.getKey(), 0) - mean, 2) / mean;
        }
        assertThat(chiSquare).isLessThan(CHI_SQUARE[3]);
    }

    /** What {@code rev_merge} of SentencePiece holds at the end, with chance that says which merges are left out. */
    @ParameterizedTest
    @CsvSource({"aaaa, skip merge merge, aa a a", "aaaxaaa, merge skip merge merge merge, a aa x a aa"})
    void unusedPiecesAreTakenApartAsTheLastPairInTheWholeTextShows(String text, String merges, String expected) {
        List<Piece> pieces = List.of(
                new Piece("a", -2, Piece.Type.NORMAL),
                new Piece("aa", 0, Piece.Type.NORMAL),
                new Piece("aaa", -1, Piece.Type.UNUSED));
        Iterator<String> chances = List.of(merges.split(" ")).iterator();
        Segmentation out = new Segmentation();
        new BpeSegmenter(Vocabulary.of(TestModels.of(ModelType.BPE, pieces)))
                .sample(bytes(text), 0.5f, () -> chances.next().equals("skip") ? 0 : -1, out);
        assertThat(chances).isExhausted();
        assertThat(IntStream.range(0, out.size()).mapToObj(i -> text.substring(out.start(i), out.end(i))))
                .containsExactly(expected.split(" "));
    }

    /** Numbers of pieces of one text drawn here and there, by the chi-square test of homogeneity. */
    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.5f})
    void samplesAreDistributedAsThoseOfSpmEncode(float alpha, @TempDir Path folder)
            throws IOException, InterruptedException {
        ModelProto model = TestModels.of(ModelType.BPE, TestModels.randomPieces(new SplittableRandom(3), 60, 0, 0));
        String text = "\u2581abba\u2581babab\u2581ab\u00e9\u65e5a";
        List<String> lines = Collections.nCopies(DRAWS, text.substring(1).replace('\u2581', ' '));
        Map<Integer, long[]> counts = new TreeMap<>();
        for (String ids : SpmTools.encode(
                folder, model, lines, "--output_format=sample_id", "--alpha=" + alpha, "--random_seed=1")) {
            counts.computeIfAbsent(ids.split(" ").length, n -> new long[2])[0]++;
        }
        SplittableRandom random = new SplittableRandom(4);
        BpeSegmenter segmenter = new BpeSegmenter(Vocabulary.of(model));
        Segmentation out = new Segmentation();
        for (int i = 0; i < DRAWS; i++) {
            segmenter.sample(bytes(text), alpha, random, out);
            counts.computeIfAbsent(out.size(), n -> new long[2])[1]++;
        }
        double chiSquare = 0;
        int cells = 0;
        for (long[] both : counts.values()) {
            if (both[0] + both[1] >= 20) {
                chiSquare += Math.pow(both[0] - both[1], 2) / (both[0] + both[1]);
                cells++;
            }
        }
        assertThat(cells).isBetween(4, CHI_SQUARE.length);
        assertThat(chiSquare).isLessThan(CHI_SQUARE[cells - 1]);
    }

    private static List<Integer> sample(BpeSegmenter segmenter, String text, float alpha, RandomGenerator random) {
        Segmentation out = new Segmentation();
        segmenter.sample(bytes(text), alpha, random, out);
        return ends(out);
    }

    private static List<Integer> ends(Segmentation pieces) {
        return IntStream.range(0, pieces.size()).mapToObj(pieces::end).collect(Collectors.toList());
    }

    private static BpeSegmenter segmenter(List<Piece> pieces) {
        return new BpeSegmenter(Vocabulary.of(TestModels.of(ModelType.BPE, pieces)));
    }

    private static String randomText(RandomGenerator random) {
        return TestModels.randomText(random, random.nextInt(30), "ab\u00e9\u65e5\u2581x");
    }

    private static Piece piece(String text, float score) {
        return new Piece(text, score, Piece.Type.NORMAL);
    }

    private static Bytes bytes(String text) {
        Bytes bytes = new Bytes(16);
        bytes.append(text, 0, text.length());
        return bytes;
    }
}
