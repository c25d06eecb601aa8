package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.ProtoMessage;
import org.t5j.tokenizer.model.TrainerSpec;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.CharacterRules;

/**
 * Feeds damaged models and texts of any characters to the tokenizer: a model is refused by a {@link TokenizerException}
 * or works on every text. A round is a pure function of its number. The test runs some seconds; for longer:
 *
 * <pre>mvn -q -pl t5j-tokenizer test -Dtest=FuzzTest -Dt5j.fuzz.seconds=3600 -Dt5j.fuzz.seed=1</pre>
 */
final class Fuzz {

    private static final List<String> CRUMBS = List.of(
            " ",
            "  ",
            "\u2581",
            "the ",
            "king",
            "\n",
            "\0",
            "<",
            "</s>",
            "<unk>",
            "<extra_id_0>",
            "<extra_id_",
            "<0x41>",
            "\u3000",
            "\uFB01",
            "e\u0301",
            "\u65E5\u672C",
            "\uD83D\uDE00",
            "\uD800",
            "\uDC00",
            "\uFFFD",
            "\uFFFF",
            "1",
            ">");

    private final List<byte[]> models;
    private int refused;
    private int used;

    Fuzz() {
        models = Stream.concat(
                        Stream.of(ModelProto.read(Goldens.resource("uni1k_en.model"))),
                        Stream.of(smallModel(true, false), smallModel(false, true)))
                .map(ModelProto::toBytes)
                .toList();
    }

    /** Number of models that were refused. */
    int refused() {
        return refused;
    }

    /** Number of models that were used. */
    int used() {
        return used;
    }

    /** Runs the round {@code seed}; what it throws is a defect. */
    void round(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = modelBytes(random);
        SentencePieceTokenizer tokenizer;
        try {
            SentinelConvention spacing =
                    random.nextBoolean() ? SentinelConvention.HF_LEGACY : SentinelConvention.HF_EXACT;
            tokenizer = SentencePieceTokenizer.of(ModelProto.parse(bytes), random.nextInt(2) * 10, spacing);
        } catch (TokenizerException refusal) {
            assertThat(refusal.getMessage()).isNotBlank();
            refused++;
            return;
        }
        used++;
        for (int i = 0; i < 10; i++) {
            check(tokenizer, text(random));
        }
        int[] ids = IntStream.range(0, 20)
                .map(i -> random.nextInt(tokenizer.vocabSize()))
                .toArray();
        assertThat(tokenizer.decode(ids)).isNotNull();
    }

    private static void check(SentencePieceTokenizer tokenizer, String text) {
        int[] ids = tokenizer.encode(text);
        assertThat(tokenizer.decode(ids)).isNotNull();
        Encoding encoding = tokenizer.encodeWithOffsets(text);
        assertThat(encoding.ids()).isEqualTo(ids);
        assertThat(encoding.pieces()).isEqualTo(tokenizer.encodePieces(text));
        int last = 0;
        for (int i = 0; i < encoding.size(); i++) {
            assertThat(encoding.start(i)).isBetween(last, encoding.end(i));
            last = encoding.end(i);
        }
        assertThat(last).isLessThanOrEqualTo(text.length());
    }

    private byte[] modelBytes(SplittableRandom random) {
        byte[] model = models.get(random.nextInt(20) == 0 ? 0 : random.nextInt(1, models.size()))
                .clone();
        switch (random.nextInt(8)) {
            case 0 -> {
                return model;
            }
            case 1 -> {
                byte[] soup = new byte[random.nextInt(200)];
                random.nextBytes(soup);
                return soup;
            }
            case 2 -> {
                return Arrays.copyOf(model, random.nextInt(model.length));
            }
            case 3 -> {
                ByteArrayOutputStream spliced = new ByteArrayOutputStream();
                int from = random.nextInt(model.length);
                spliced.write(model, 0, random.nextInt(model.length));
                spliced.write(model, from, random.nextInt(model.length - from));
                return spliced.toByteArray();
            }
            case 4 -> {
                return withDamagedMap(model, random);
            }
            default -> {
                damage(model, random);
                return model;
            }
        }
    }

    private static byte[] withDamagedMap(byte[] bytes, SplittableRandom random) {
        ModelProto model = ModelProto.parse(bytes);
        byte[] map = model.normalizerSpec().precompiledCharsmap();
        damage(map, random);
        NormalizerSpec spec = NormalizerSpec.of("damaged", map);
        return new ModelProto(model.pieces(), model.trainerSpec(), spec, spec, ProtoMessage.EMPTY).toBytes();
    }

    private static void damage(byte[] bytes, SplittableRandom random) {
        for (int k = random.nextInt(1, 8); k > 0; k--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (bytes[at] ^ 1 << random.nextInt(8));
        }
    }

    /** A text of crumbs that mean something and of any UTF-16 units, half pairs included. */
    static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            if (random.nextInt(3) > 0) {
                text.append(CRUMBS.get(random.nextInt(CRUMBS.size())));
            } else {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            }
        }
        return text.toString();
    }

    private static ModelProto smallModel(boolean byteFallback, boolean suffix) {
        Stream<Piece> letters = Stream.of("\u2581", "\u2581the", "the", "k", "in", "g", "e", "\u65E5", "1", "a")
                .map(text -> new Piece(text, -text.length(), Piece.Type.NORMAL));
        Stream<Piece> special = Stream.of(
                new Piece("<unk>", 0, Piece.Type.UNKNOWN),
                new Piece("</s>", 0, Piece.Type.CONTROL),
                new Piece("ing", 0, Piece.Type.USER_DEFINED),
                new Piece("k in", 0, Piece.Type.USER_DEFINED),
                new Piece("z", 0, Piece.Type.UNUSED));
        Stream<Piece> bytes = IntStream.range(0, byteFallback ? 256 : 0)
                .mapToObj(value -> new Piece(Vocabulary.bytePiece(value), 0, Piece.Type.BYTE));
        TrainerSpec trainer = new TrainerSpec(
                new ProtoMessage.Builder().add(24, suffix).add(35, byteFallback).build());
        CharacterRules rules =
                CharacterRules.of(Map.of("\uFB01", "fi", "e\u0301", "\u00E9", "\n", " ", "\1", "", "the  ", "a "));
        return new ModelProto(
                Stream.of(special, letters, bytes).flatMap(pieces -> pieces).toList(),
                trainer,
                rules.normalizerSpec(),
                rules.denormalizerSpec(),
                ProtoMessage.EMPTY);
    }
}
