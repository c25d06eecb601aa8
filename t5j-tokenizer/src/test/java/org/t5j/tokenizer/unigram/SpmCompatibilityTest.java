package org.t5j.tokenizer.unigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SpmTools;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.normalize.NormalizationRule;

/** Vocabularies trained here, used by the C++ {@code spm_encode} and compared with those of {@code spm_train}. */
class SpmCompatibilityTest {

    static Stream<TrainerConfig> configs() {
        return Stream.of(
                TrainerConfig.ofVocabSize(500),
                TrainerConfig.builder(500)
                        .splitByWhitespace(false)
                        .splitByNumber(false)
                        .build(),
                TrainerConfig.builder(700)
                        .byteFallback(true)
                        .userDefinedSymbols(List.of("<sep>", "ing"))
                        .normalization(NormalizationRule.IDENTITY)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("configs")
    void spmEncodeGivesTheSameIdsWithAVocabularyTrainedHere(TrainerConfig config, @TempDir Path folder)
            throws IOException, InterruptedException {
        List<String> lines = Goldens.committedLines();
        ModelProto model = new UnigramTrainer(config).train(lines.stream().filter(SpmCompatibilityTest::isAscii));
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 0);
        assertThat(lines).hasSizeGreaterThan(500);
        assertThat(SpmTools.encode(folder, model, lines))
                .isEqualTo(lines.stream()
                        .map(line -> joined(tokenizer.encode(line)))
                        .toList());
    }

    /** The reference models were trained on all of Austen and the King James Bible; the glosses are new to both. */
    @ParameterizedTest
    @CsvSource({"1000, uni1k_en", "8000, uni8k_en"})
    void aVocabularyTrainedHereNeedsAsManyTokensAsThatOfSpmTrain(int vocabSize, String reference) throws IOException {
        List<Path> corpus = Stream.of("austen.train.txt", "austen.valid.txt", "kjv.txt")
                .map(name -> Goldens.shared("corpora/text/" + name))
                .toList();
        List<String> unseen;
        try (Stream<String> glosses = Files.lines(Goldens.shared("corpora/text/wordnet_glosses.txt"))) {
            unseen = glosses.limit(5000).toList();
        }
        ModelProto trained = new UnigramTrainer(TrainerConfig.ofVocabSize(vocabSize)).train(corpus);
        Path spmTrained = Goldens.shared("models/trained/" + reference + ".model");
        double ratio = (double) tokens(trained, unseen) / tokens(ModelProto.read(spmTrained), unseen);
        assertThat(ratio).isCloseTo(1, within(0.03));
    }

    private static long tokens(ModelProto model, List<String> lines) {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 0);
        return lines.stream().mapToLong(line -> tokenizer.encode(line).length).sum();
    }

    @Test
    void theShippedCharacterMapIsThatOfSpmTrain() {
        ModelProto reference = ModelProto.read(Goldens.resource("uni1k_en.model"));
        assertThat(NormalizationRule.NMT_NFKC.spec().precompiledCharsmap())
                .isEqualTo(reference.normalizerSpec().precompiledCharsmap());
    }

    private static boolean isAscii(String line) {
        return line.chars().allMatch(c -> c < 128);
    }

    private static String joined(int[] ids) {
        return IntStream.of(ids).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }
}
