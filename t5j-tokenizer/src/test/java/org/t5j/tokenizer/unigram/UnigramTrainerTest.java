package org.t5j.tokenizer.unigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.normalize.NormalizationRule;

/** Training on a few hundred committed lines: what the vocabulary holds, determinism, refusals. */
class UnigramTrainerTest {

    private static final List<String> LINES = Goldens.committedLines().stream()
            .filter(line -> line.chars().allMatch(c -> c >= ' ' && c < 127))
            .toList();

    @Test
    void theVocabularyHasTheSizeTheSpecialPiecesAndEveryCharacter() {
        ModelProto model = train(TrainerConfig.builder(400).characterCoverage(1).build());
        assertThat(model.pieces()).hasSize(400);
        assertThat(model.pieces().get(0)).isEqualTo(new Piece("<pad>", 0, Piece.Type.CONTROL));
        assertThat(model.pieces().get(1)).isEqualTo(new Piece("</s>", 0, Piece.Type.CONTROL));
        assertThat(model.pieces().get(2)).isEqualTo(new Piece("<unk>", 0, Piece.Type.UNKNOWN));
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 0);
        for (String line : LINES) {
            assertThat(tokenizer.encode(line)).as(line).doesNotContain(tokenizer.unkId());
            assertThat(tokenizer.decode(tokenizer.encode(line)))
                    .isEqualTo(line.trim().replaceAll(" +", " "));
        }
    }

    @Test
    void theLearnedPiecesShortenTheText() {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(train(TrainerConfig.ofVocabSize(600)), 0);
        int characters = LINES.stream().mapToInt(String::length).sum();
        int tokens =
                LINES.stream().mapToInt(line -> tokenizer.encode(line).length).sum();
        assertThat(tokens).isLessThan(characters / 2);
        assertThat(tokenizer.encodePieces("and of the")).containsExactly("▁and", "▁of", "▁the");
    }

    @Test
    void theSameTextGivesTheSameBytesInAnyOrderOfLines() {
        TrainerConfig config = TrainerConfig.ofVocabSize(400);
        List<String> shuffled = new ArrayList<>(LINES);
        Collections.reverse(shuffled);
        assertThat(new UnigramTrainer(config).train(shuffled.stream()).toBytes())
                .isEqualTo(train(config).toBytes());
    }

    @Test
    void aDrawOfLinesDependsOnTheSeedAlone() {
        byte[] one = train(TrainerConfig.builder(150).sample(80, 1).build()).toBytes();
        byte[] again = train(TrainerConfig.builder(150).sample(80, 1).build()).toBytes();
        byte[] other = train(TrainerConfig.builder(150).sample(80, 2).build()).toBytes();
        assertThat(one).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void symbolsOfTheUserAndBytesHaveTheirIdsAndStayWhole() {
        ModelProto model = train(TrainerConfig.builder(700)
                .userDefinedSymbols(List.of("<sep>", "ing"))
                .byteFallback(true)
                .build());
        assertThat(model.pieces().get(3)).isEqualTo(new Piece("<sep>", 0, Piece.Type.USER_DEFINED));
        assertThat(model.pieces().get(5)).isEqualTo(new Piece("<0x00>", 0, Piece.Type.BYTE));
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 0);
        assertThat(tokenizer.encodePieces("walking<sep>")).contains("ing", "<sep>");
        assertThat(tokenizer.decode(tokenizer.encode("日本 walking"))).isEqualTo("日本 walking");
    }

    @Test
    void withoutSplittingAtSpacesAPieceMayHoldSeveralWords() {
        ModelProto model = train(TrainerConfig.builder(600)
                .splitByWhitespace(false)
                .normalization(NormalizationRule.IDENTITY)
                .build());
        assertThat(model.pieces()).anyMatch(piece -> piece.text().indexOf('▁', 1) > 0);
        assertThat(model.pieces())
                .noneMatch(piece -> piece.text().length() > 1 && piece.text().endsWith("▁"));
        assertThat(model.normalizerSpec().precompiledCharsmap()).isEmpty();
    }

    @Test
    void impossibleSizesAreRefusedWithTheSizeThatWouldDo() {
        assertThatThrownBy(() -> train(TrainerConfig.ofVocabSize(20)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("too small")
                .hasMessageContaining("or more");
        assertThatThrownBy(() -> train(TrainerConfig.ofVocabSize(100_000)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("too large")
                .hasMessageContaining("or less");
    }

    @Test
    void textWithoutContentAndAbsentFilesAreRefused(@TempDir Path folder) {
        UnigramTrainer trainer = new UnigramTrainer(TrainerConfig.ofVocabSize(100));
        assertThatThrownBy(() -> trainer.train(Stream.of("", "  ")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("no text");
        Path absent = folder.resolve("absent.txt");
        assertThatThrownBy(() -> trainer.train(List.of(absent)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(absent.toString());
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> TrainerConfig.ofVocabSize(0)).hasMessageContaining("vocabSize");
        assertThatThrownBy(
                        () -> TrainerConfig.builder(100).characterCoverage(0.5).build())
                .hasMessageContaining("characterCoverage");
        assertThatThrownBy(() -> TrainerConfig.builder(100)
                        .userDefinedSymbols(List.of("a", "a"))
                        .build())
                .hasMessageContaining("userDefinedSymbols");
        assertThatThrownBy(() -> new UnigramTrainer(
                        TrainerConfig.builder(200).byteFallback(true).build()))
                .hasMessageContaining("259");
    }

    private static ModelProto train(TrainerConfig config) {
        return new UnigramTrainer(config).train(LINES.stream());
    }
}
