package org.t5j.tokenizer.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.TestModels;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;

/** BPE against its definition carried out step by step, on random vocabularies; and on texts that take long if done so. */
class BpeSegmenterTest {

    private static final String ALPHABET = "aabb\u00e9\u65e5\u2581xy";

    @Test
    void everyTextIsSegmentedAsTheDefinitionSays() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 40; round++) {
            List<Piece> pieces = TestModels.randomPieces(random, 20 << round % 4, 0, round % 3 * 0.1);
            BpeSegmenter segmenter = segmenter(pieces);
            for (int i = 0; i < 200; i++) {
                String text = TestModels.randomText(random, 1 + random.nextInt(40), ALPHABET);
                assertThat(texts(segmenter, text)).as("pieces of %s", text).isEqualTo(defined(pieces, text));
            }
        }
    }

    @Test
    void moreRunsThanAreRememberedAreSegmentedAllTheSame() {
        SplittableRandom random = new SplittableRandom(6);
        List<Piece> pieces = TestModels.randomPieces(random, 100, 0, 0).stream()
                .filter(piece -> piece.text().lastIndexOf('\u2581') <= 0)
                .toList();
        BpeSegmenter segmenter = segmenter(pieces);
        List<String> words = IntStream.range(0, 40_000)
                .mapToObj(i -> "\u2581" + TestModels.randomText(random, 1 + random.nextInt(16), "ab\u00e9\u65e5"))
                .toList();
        List<String> expected =
                words.stream().flatMap(word -> defined(pieces, word).stream()).toList();
        for (int i = 0; i < 2; i++) {
            assertThat(texts(segmenter, String.join("", words)).equals(expected))
                    .isTrue();
        }
    }

    @Test
    void aLineOfMillionsOfCharactersWithoutASpaceIsSegmentedInOneGo() {
        SplittableRandom random = new SplittableRandom(7);
        List<Piece> pieces = new ArrayList<>(TestModels.randomPieces(random, 200, 0, 0));
        pieces.removeIf(piece -> piece.text().matches("a+"));
        pieces.add(new Piece("a", 0, Piece.Type.NORMAL));
        pieces.add(new Piece("aa", 0, Piece.Type.NORMAL));
        pieces.add(new Piece("aaaa", -1, Piece.Type.NORMAL));
        BpeSegmenter segmenter = segmenter(pieces);
        int length = 10_000_000;
        Segmentation out = new Segmentation();
        segmenter.segment(bytes("a".repeat(length)), out);
        assertThat(out.size()).isEqualTo(length / 4);
        Bytes mixed = bytes(TestModels.randomText(random, length / 4, "ab\u00e9"));
        segmenter.segment(mixed, out);
        assertThat(out.end(out.size() - 1)).isEqualTo(mixed.length());
    }

    @Test
    void segmentingAgainAllocatesNothing() {
        SplittableRandom random = new SplittableRandom(8);
        for (double unused : new double[] {0, 0.3}) {
            BpeSegmenter segmenter = segmenter(TestModels.randomPieces(random, 200, unused, 0.02));
            Bytes text = bytes(TestModels.randomText(random, 20_000, ALPHABET));
            Segmentation out = new Segmentation();
            segmenter.segment(text, out);
            segmenter.sample(text, 0.1f, random, out);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                segmenter.segment(text, out);
                segmenter.sample(text, 0.1f, random, out);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
        }
    }

    private static BpeSegmenter segmenter(List<Piece> pieces) {
        return new BpeSegmenter(Vocabulary.of(TestModels.of(ModelType.BPE, pieces)));
    }

    private static List<String> texts(BpeSegmenter segmenter, String text) {
        Segmentation out = new Segmentation();
        Bytes bytes = bytes(text);
        segmenter.segment(bytes, out);
        return IntStream.range(0, out.size())
                .mapToObj(i -> bytes.substring(out.start(i), out.end(i)))
                .toList();
    }

    /**
     * Joins, again and again, the first pair of neighbours among those with the highest score; user-defined symbols are
     * found beforehand and stay as they are.
     */
    private static List<String> defined(List<Piece> pieces, String text) {
        Map<String, Float> scores = new HashMap<>();
        pieces.forEach(piece -> scores.put(piece.text(), piece.score()));
        Set<String> frozen = pieces.stream()
                .filter(piece -> piece.type() == Piece.Type.USER_DEFINED)
                .map(Piece::text)
                .collect(Collectors.toSet());
        List<String> symbols = new ArrayList<>();
        for (int at = 0;
                at < text.length();
                at += symbols.get(symbols.size() - 1).length()) {
            String rest = text.substring(at);
            symbols.add(frozen.stream()
                    .filter(rest::startsWith)
                    .max(Comparator.comparingInt(String::length))
                    .orElse(rest.substring(0, 1)));
        }
        while (true) {
            int best = -1;
            float bestScore = Float.NEGATIVE_INFINITY;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                Float score = scores.get(symbols.get(i) + symbols.get(i + 1));
                boolean mayMerge = !frozen.contains(symbols.get(i)) && !frozen.contains(symbols.get(i + 1));
                if (mayMerge && score != null && score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
            if (best < 0) {
                return symbols;
            }
            symbols.set(best, symbols.get(best) + symbols.remove(best + 1));
        }
    }

    private static Bytes bytes(String text) {
        Bytes bytes = new Bytes(16);
        bytes.append(text.getBytes(UTF_8));
        return bytes;
    }
}
