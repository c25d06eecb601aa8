package org.t5j.tokenizer.unigram;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;

/** The quick way through words seen before gives what the plain search over the whole text gives, in every tie. */
class UnigramSegmenterTest {

    private static final ModelProto MODEL = ModelProto.read(Goldens.resource("uni1k_en.model"));

    @Test
    void wordsOfRealTextAreCutAsByThePlainSearch() {
        Vocabulary vocabulary = Vocabulary.of(MODEL);
        assertThat(new ScoredPieces(vocabulary).withinWords()).isTrue();
        UnigramSegmenter segmenter = new UnigramSegmenter(vocabulary);
        String all = String.join("\u2581", Goldens.committedLines()).replace(' ', '\u2581');
        for (int round = 0; round < 3; round++) {
            Goldens.committedLines()
                    .forEach(line -> compare("\u2581" + line.replace(' ', '\u2581'), segmenter, vocabulary));
            compare(all.repeat(20), segmenter, vocabulary);
        }
    }

    /** Few letters and few values of scores give many ties; scores of thousandths lose their last bits in long texts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomVocabulariesCutRandomTextsAsThePlainSearch(long seed) {
        Random random = new Random(seed);
        boolean userDefined = seed % 4 == 0;
        Vocabulary vocabulary = vocabulary(random, seed % 2 == 0 ? 0.5f : 0.001f, userDefined);
        UnigramSegmenter segmenter = new UnigramSegmenter(vocabulary);
        for (int i = 0; i < 300; i++) {
            compare(text(random, 1 + random.nextInt(i % 50 == 0 ? 20_000 : 200)), segmenter, vocabulary);
        }
    }

    @Test
    void noRoomIsTakenForWordsWherePiecesReachAcrossThem() {
        List<Piece> pieces =
                List.of(new Piece("<unk>", 0, Piece.Type.UNKNOWN), new Piece("a\u2581b", -1, Piece.Type.NORMAL));
        UnigramSegmenter segmenter = new UnigramSegmenter(
                Vocabulary.of(new ModelProto(pieces, MODEL.trainerSpec(), MODEL.normalizerSpec())));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        segmenter.segment(new Bytes(16), new Segmentation());
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    private static Vocabulary vocabulary(Random random, float step, boolean userDefined) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece("<unk>", 0, Piece.Type.UNKNOWN));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text = (random.nextInt(3) == 0 ? "\u2581" : "") + letters(random, 1 + random.nextInt(4));
            if (!texts.contains(text)) {
                texts.add(text);
                boolean special = userDefined && random.nextInt(20) == 0;
                float score = -step * (1 + random.nextInt(3000)) * text.length();
                pieces.add(new Piece(text, score, special ? Piece.Type.USER_DEFINED : Piece.Type.NORMAL));
            }
        }
        return Vocabulary.of(new ModelProto(pieces, MODEL.trainerSpec(), MODEL.normalizerSpec()));
    }

    private static String letters(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.appendCodePoint("abcé日\uD83D\uDE00".codePoints().toArray()[random.nextInt(6)]);
        }
        return text.toString();
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(random.nextInt(20) == 0 ? "" : "\u2581").append(letters(random, random.nextInt(7)));
            text.append(random.nextInt(50) == 0 ? "\u0000x" : "");
        }
        return text.toString();
    }

    private static void compare(String text, UnigramSegmenter segmenter, Vocabulary vocabulary) {
        Bytes bytes = new Bytes(16);
        bytes.append(text, 0, text.length());
        Segmentation plain = new Segmentation();
        new Viterbi(new ScoredPieces(vocabulary)).extend(bytes.array(), 0, bytes.length(), 0, plain);
        Segmentation quick = new Segmentation();
        segmenter.segment(bytes, quick);
        assertThat(quick.size()).isEqualTo(plain.size());
        for (int i = 0; i < plain.size(); i++) {
            if (quick.id(i) != plain.id(i) || quick.end(i) != plain.end(i)) {
                assertThat(quick.id(i) + " up to " + quick.end(i))
                        .as("piece %d of %d bytes", i, bytes.length())
                        .isEqualTo(plain.id(i) + " up to " + plain.end(i));
            }
        }
    }
}
