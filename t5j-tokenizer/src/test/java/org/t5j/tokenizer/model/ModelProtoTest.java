package org.t5j.tokenizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.TokenizerException;

/** Reading and writing {@code .model} files: round trips, unknown fields, damaged files. */
class ModelProtoTest {

    private static final Path MODEL = Goldens.resource("uni1k_en.model");

    @Test
    void aModelWrittenByTheCppTrainerIsWrittenBackByteForByte() throws IOException {
        byte[] original = Files.readAllBytes(MODEL);
        assertThat(Arrays.equals(ModelProto.parse(original).toBytes(), original))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"models/trained", "models/found", "models/t5-vocab"})
    void everyReferenceModelIsTheSameAfterARoundTrip(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Goldens.shared(folder))) {
            List<Path> models =
                    files.filter(file -> file.toString().endsWith(".model")).toList();
            assertThat(models).isNotEmpty();
            for (Path file : models) {
                ModelProto model = ModelProto.read(file);
                byte[] written = model.toBytes();
                assertThat(ModelProto.parse(written).pieces()).isEqualTo(model.pieces());
                assertThat(Arrays.equals(ModelProto.parse(written).toBytes(), written))
                        .as("%s is stable", file)
                        .isTrue();
                assertThat(ProtoMessage.parse(written)
                                .without(number -> number == 1)
                                .toBytes())
                        .as("all but the pieces of %s", file)
                        .isEqualTo(ProtoMessage.parse(Files.readAllBytes(file))
                                .without(number -> number == 1)
                                .toBytes());
            }
        }
    }

    @Test
    void fieldsThatAreNotKnownSurvive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(MODEL));
        byte[] extension = new ProtoMessage.Builder()
                .add(201, "extension")
                .add(202, 1.5f)
                .add(203, -1L)
                .build()
                .toBytes();
        bytes.write(extension);
        ModelProto model = ModelProto.parse(bytes.toByteArray());
        assertThat(model.extensions().getString(201, "")).isEqualTo("extension");
        assertThat(model.extensions().getFloat(202, 0)).isEqualTo(1.5f);
        assertThat(model.extensions().getInt(203, 0)).isEqualTo(-1);
        assertThat(model.toBytes()).isEqualTo(bytes.toByteArray());
    }

    @Test
    void aFileIsReplacedWholeAndLeavesNoTemporaryBehind(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("spiece.model");
        Files.writeString(file, "old");
        ModelProto model = ModelProto.read(MODEL);
        model.write(file);
        assertThat(file).hasBinaryContent(Files.readAllBytes(MODEL));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void writingWhereThereIsNoFolderNamesTheFile(@TempDir Path folder) {
        Path file = folder.resolve("absent/spiece.model");
        assertThatThrownBy(() -> ModelProto.read(MODEL).write(file))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void absentEmptyAndForeignFilesAreNamedInOneException(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.model"));
        Path foreign = Files.writeString(folder.resolve("foreign.model"), "This is no vocabulary.\n".repeat(100));
        for (Path file : List.of(folder.resolve("absent.model"), empty, foreign, folder)) {
            assertThatThrownBy(() -> SentencePieceTokenizer.load(file))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aFileCutAnywhereIsRefusedOrStillConsistent() throws IOException {
        byte[] bytes = Files.readAllBytes(MODEL);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            useOrRefuse(cut);
        }
    }

    @Test
    void aFileWithWrongBytesIsRefusedOrStillWorks() throws IOException {
        byte[] bytes = Files.readAllBytes(MODEL);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = bytes.clone();
            for (int k = 0; k < 1 + i % 20; k++) {
                damaged[random.nextInt(i % 2 == 0 ? 20_000 : bytes.length)] = (byte) random.nextInt(256);
            }
            useOrRefuse(damaged);
        }
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            useOrRefuse(garbage);
        }
    }

    @Test
    void aCharacterMapOfRandomBytesIsRefusedOrStillWorks() {
        SplittableRandom random = new SplittableRandom(3);
        ModelProto model = ModelProto.read(MODEL);
        for (int i = 0; i < 300; i++) {
            byte[] map = new byte[4 + 4 * (1 + random.nextInt(300)) + random.nextInt(20)];
            random.nextBytes(map);
            int trieBytes = (map.length - 4) / 4 * 4 - 4 * (i % 3);
            for (int k = 0; k < 4; k++) {
                map[k] = (byte) (trieBytes >> 8 * k);
            }
            for (int unit = 4; i % 2 == 0 && unit + 3 < map.length; unit += 4) {
                map[unit + 3] = (byte) (map[unit + 3] & 1); // No unit is a leaf with a wild value.
            }
            useOrRefuse(
                    new ModelProto(model.pieces(), model.trainerSpec(), NormalizerSpec.of("random", map)).toBytes());
        }
    }

    private static void useOrRefuse(byte[] bytes) {
        SentencePieceTokenizer tokenizer;
        try {
            tokenizer = SentencePieceTokenizer.of(ModelProto.parse(bytes), 10);
        } catch (TokenizerException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return;
        }
        String text = "The  quick brown fox; \u00e9t\u00e9 \u65e5\u672c <extra_id_0> \uD83D\uDE00";
        int[] ids = tokenizer.encode(text);
        assertThat(ids).isNotEmpty();
        assertThat(tokenizer.decode(ids)).isNotNull();
    }

    @Test
    void pieceRulesAreCheckedWithTheNumberOfThePiece() {
        Piece unknown = new Piece("<unk>", 0, Piece.Type.UNKNOWN);
        Piece a = new Piece("a", -1, Piece.Type.NORMAL);
        assertRefused("twice", unknown, a, a);
        assertRefused("UNKNOWN", a);
        assertRefused("both the unknown piece", unknown, new Piece("<unk2>", 0, Piece.Type.UNKNOWN));
        assertRefused("byte_fallback is not set", unknown, new Piece("<0x00>", 0, Piece.Type.BYTE));
        assertRefused("characters", unknown, new Piece("x".repeat(5000), 0, Piece.Type.NORMAL));
        assertThatThrownBy(() -> new Piece("", 0, Piece.Type.NORMAL)).hasMessageContaining("no text");
        assertThatThrownBy(() -> new Piece("a", Float.NaN, Piece.Type.NORMAL)).hasMessageContaining("NaN");
        byte[] notUtf8 = new ProtoMessage.Builder()
                .add(1, new byte[] {(byte) 0xFF})
                .build()
                .toBytes();
        byte[] model = new ProtoMessage.Builder().add(1, notUtf8).build().toBytes();
        assertThatThrownBy(() -> ModelProto.parse(model))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("piece 0")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aModelOfAnUnknownTypeIsRefusedByNumber() {
        for (long type : List.of(0L, 5L, -1L, 1L << 31)) {
            ModelProto unigram = ModelProto.read(MODEL);
            TrainerSpec spec = new TrainerSpec(
                    new ProtoMessage.Builder().add(TrainerSpec.MODEL_TYPE, type).build());
            ModelProto model = new ModelProto(unigram.pieces(), spec, unigram.normalizerSpec());
            assertThatThrownBy(() -> SentencePieceTokenizer.of(model, 0))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining(String.valueOf((int) type))
                    .hasMessageContaining("1 (unigram)");
        }
    }

    private static void assertRefused(String reason, Piece... pieces) {
        ModelProto model = new ModelProto(
                List.of(pieces),
                new TrainerSpec(ProtoMessage.EMPTY),
                NormalizerSpec.of("identity", "".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> SentencePieceTokenizer.of(model, 0))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(reason);
    }
}
