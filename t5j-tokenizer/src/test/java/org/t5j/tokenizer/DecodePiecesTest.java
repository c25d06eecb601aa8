package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.NormalizerSpec;

/** Pieces back to text: what the vocabulary lacks stands for itself, everything else is as for ids. */
class DecodePiecesTest {

    private final Path file = Goldens.resource("uni1k_en.model");
    private final SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(file);

    /** Without rules, for those of the committed model make "??" of U+2047. */
    private SentencePieceTokenizer withoutRules() {
        ModelProto model = tokenizer.model();
        NormalizerSpec identity = NormalizerSpec.of("identity", new byte[0]);
        return SentencePieceTokenizer.of(new ModelProto(model.pieces(), model.trainerSpec(), identity), 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the king \u2047 of \u2047 Israel \u65E5 \u2047",
                "the \u65E5\u672C king \u2047 and \uD83D\uDE00 again",
                "\u2047",
                "<extra_id_0> the \u65E5 <extra_id_99>"
            })
    void unknownTextComesBack(String text) {
        SentencePieceTokenizer plain = withoutRules();
        assertThat(plain.decodePieces(plain.encodePieces(text))).isEqualTo(text);
        assertThat(plain.decode(plain.encode(text))).contains(" \u2047 ").isNotEqualTo(text);
    }

    @Test
    void knownPiecesDecodeAsTheirIds() {
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            int[] ids = random.ints(12, 0, tokenizer.vocabSize()).toArray();
            List<String> pieces = Arrays.stream(ids).mapToObj(tokenizer::piece).toList();
            assertThat(tokenizer.decodePieces(pieces)).isEqualTo(tokenizer.decode(ids));
        }
    }

    @Test
    void oddPiecesAreTheirOwnText() {
        assertThat(tokenizer.decodePieces(List.of())).isEmpty();
        assertThat(tokenizer.decodePieces(List.of("", "\u2581\u65E5", "<unk>", "</s>", "<extra_id_100>")))
                .isEqualTo("\u2581\u65E5 \u2047 <extra_id_100>");
    }

    @Test
    void spmDecodeGivesTheSameText(@TempDir Path folder) throws Exception {
        SentencePieceTokenizer raw = SentencePieceTokenizer.load(file, 0);
        List<List<String>> all = new ArrayList<>();
        Goldens.committedLines().forEach(line -> all.add(raw.encodePieces(line)));
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            all.add(random.ints(9, 0, 1100)
                    .mapToObj(id -> id < 1000 ? raw.piece(id) : "\u2047" + id)
                    .toList());
        }
        all.removeIf(pieces -> pieces.stream().anyMatch(piece -> piece.contains(" ") || piece.contains("\n")));
        String input =
                all.stream().map(pieces -> String.join(" ", pieces) + "\n").collect(Collectors.joining());
        String expected =
                all.stream().map(pieces -> raw.decodePieces(pieces) + "\n").collect(Collectors.joining());
        assertThat(all).hasSizeGreaterThan(700);
        assertThat(expected)
                .isEqualTo(SpmTools.run(folder, input, "spm_decode", "--model=" + file, "--input_format=piece"));
    }
}
