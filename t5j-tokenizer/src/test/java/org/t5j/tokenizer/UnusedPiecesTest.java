package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;

/** Models with unused, user-defined and missing pieces, against the installed C++ {@code spm_encode}. */
class UnusedPiecesTest {

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void randomModelsWithUnusedPiecesGiveTheIdsOfSpmEncode(ModelType type, @TempDir Path folder)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(type.ordinal());
        List<String> lines = IntStream.range(0, 400)
                .mapToObj(i -> TestModels.randomText(random, 1 + random.nextInt(60), "abab\u00e9\u65e5 xy"))
                .toList();
        for (int i = 0; i < 12; i++) {
            double unused = i % 4 * 0.2;
            double userDefined = i % 3 * 0.02;
            List<Piece> pieces = TestModels.randomPieces(random, 30 << i % 4, unused, userDefined);
            assertSameAsSpm(TestModels.of(type, pieces), lines, folder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpe1k_uds", "char_en", "word_en"})
    void aTrainedModelWithEveryThirdPieceUnusedGivesTheIdsOfSpmEncode(String name, @TempDir Path folder)
            throws IOException, InterruptedException {
        assertSameAsSpm(everyThirdUnused(Goldens.strippedModel(name)), Goldens.committedLines(), folder);
    }

    @Test
    void aUnigramModelWithEveryThirdPieceUnusedGivesTheIdsOfSpmEncode(@TempDir Path folder)
            throws IOException, InterruptedException {
        ModelProto model = ModelProto.read(Goldens.resource("uni1k_en.model"));
        assertSameAsSpm(everyThirdUnused(model), Goldens.committedLines(), folder);
    }

    private static ModelProto everyThirdUnused(ModelProto model) {
        List<Piece> pieces = new ArrayList<>(model.pieces());
        for (int id = 0; id < pieces.size(); id += 3) {
            Piece piece = pieces.get(id);
            if (piece.type() == Piece.Type.NORMAL) {
                pieces.set(id, new Piece(piece.text(), piece.score(), Piece.Type.UNUSED));
            }
        }
        // Without the extensions: spm_encode refuses a model that fails the self-test stored there.
        return new ModelProto(pieces, model.trainerSpec(), model.normalizerSpec());
    }

    private static void assertSameAsSpm(ModelProto model, List<String> lines, Path folder)
            throws IOException, InterruptedException {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 0);
        List<String> expected = SpmTools.encode(folder, model, lines);
        assertThat(expected).hasSameSizeAs(lines);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Arrays.stream(tokenizer.encode(lines.get(i)))
                            .mapToObj(String::valueOf)
                            .collect(Collectors.joining(" ")))
                    .as("ids of '%s'", lines.get(i))
                    .isEqualTo(expected.get(i));
        }
    }
}
