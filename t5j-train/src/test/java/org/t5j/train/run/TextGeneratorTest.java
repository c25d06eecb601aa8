package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.decode.EarlyStopping;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.Sampling;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.Fixtures;

/** Text to text: what the model reads and what becomes of its ids, the length of inputs, defaults, clear errors. */
class TextGeneratorTest {
    private static final String INPUT = "the king of a house";

    @TempDir
    Path directory;

    @BeforeEach
    void makeModel() throws IOException {
        Path saved = model(1152);
        Files.copy(Fixtures.vocabulary(), saved.resolve("spiece.model"));
    }

    private Path model(int vocabSize) {
        T5Config config = T5Config.builder()
                .vocabSize(vocabSize)
                .dModel(16)
                .dKv(8)
                .dFf(32)
                .layers(1, 1)
                .numHeads(2)
                .build();
        Path path = directory.resolve("model-" + vocabSize);
        try (T5Model model = T5Model.create(config, 3)) {
            model.save(path);
        }
        return path;
    }

    private TextGenerator load() {
        return TextGenerator.load(directory.resolve("model-1152"));
    }

    @Test
    void theModelReadsTheTextsIdsAndTheEndOfSequence() {
        GenerationConfig config = GenerationConfig.builder().maxLength(8).build();
        Tokenizer tokenizer =
                VocabularyFiles.in(directory.resolve("model-1152")).tokenizer();
        int[] ids = tokenizer.encode(INPUT);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = 1;
        try (TextGenerator generator = load();
                T5Model model = T5Model.load(directory.resolve("model-1152"))) {
            int[] output =
                    model.generate(new int[][] {ended}, config).get(0).get(0).tokens();
            assertThat(generator.outputs(List.of(INPUT), config).get(0).get(0).tokens())
                    .isEqualTo(output);
            assertThat(generator.generate(List.of(INPUT), config)).containsExactly(tokenizer.decodeOutput(output));
        }
    }

    @Test
    void everyInputGetsItsOutputHoweverManyThereAre() {
        try (TextGenerator generator = load()) {
            GenerationConfig config =
                    generator.defaults().toBuilder().maxLength(6).build();
            String one = generator.generate(List.of(INPUT), config).get(0);
            assertThat(generator.generate(Collections.nCopies(35, INPUT), config))
                    .hasSize(35)
                    .containsOnly(one);
            assertThat(generator.generate(List.of(), config)).isEmpty();
        }
    }

    @Test
    void longInputsAreCutBeforeTheEndOfSequence() {
        try (TextGenerator generator = load().maxInputLength(4)) {
            GenerationConfig config =
                    generator.defaults().toBuilder().maxLength(6).build();
            assertThat(generator.generate(List.of(INPUT + " and more"), config))
                    .isEqualTo(generator.generate(List.of(INPUT + " and nothing of it"), config));
            assertThatThrownBy(() -> generator.maxInputLength(0))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("maxInputLength must be at least 1, found 0");
        }
    }

    @Test
    void theModelsFileMayAskForSamplingOrAnotherEndOfTheSearch() throws IOException {
        assertDefaults(
                "{\"do_sample\": true, \"temperature\": 0.7, \"top_p\": 0.9, \"min_p\": 0.05}",
                GenerationConfig.builder()
                        .sampling(new Sampling(0.7, 50, 0.9, 0.05, 0))
                        .build());
        assertDefaults("{\"temperature\": 0.7}", GenerationConfig.builder().build());
        assertDefaults(
                "{\"num_beams\": 3, \"early_stopping\": \"never\"}",
                GenerationConfig.builder()
                        .numBeams(3)
                        .earlyStopping(EarlyStopping.NEVER)
                        .build());
        assertDefaults(
                "{\"num_beams\": 3, \"do_sample\": true}",
                GenerationConfig.builder().numBeams(3).build());
    }

    private void assertDefaults(String file, GenerationConfig expected) throws IOException {
        Files.deleteIfExists(directory.resolve("model-1152/checksums.json"));
        Files.writeString(directory.resolve("model-1152/generation_config.json"), file);
        try (TextGenerator generator = load()) {
            assertThat(generator.defaults()).isEqualTo(expected);
        }
    }

    @Test
    void aTaskOfTheModelHasItsPrefixAndDefaults() throws IOException {
        Path file = directory.resolve("model-1152/config.json");
        Files.delete(directory.resolve("model-1152/checksums.json"));
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "\\{",
                                "{\"task_specific_params\": {\"summarization\": {\"prefix\": \"said: \","
                                        + " \"max_length\": 9, \"num_beams\": 2, \"length_penalty\": 2.0}},"));
        try (TextGenerator generator = load();
                TextGenerator plain = load()) {
            GenerationConfig expected = GenerationConfig.builder()
                    .maxLength(9)
                    .numBeams(2)
                    .lengthPenalty(2)
                    .build();
            assertThatThrownBy(() -> generator.task("summarisation"))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("There is no task \"summarisation\"")
                    .hasMessageContaining("summarization");
            assertThat(generator.task("summarization").defaults()).isEqualTo(expected);
            assertThat(generator.generate(INPUT))
                    .isEqualTo(
                            plain.generate(List.of("said: " + INPUT), expected).get(0))
                    .isNotEqualTo(plain.generate(List.of(INPUT), expected).get(0));
        }
    }

    @Test
    void theModelsFileSaysHowToSearch() throws IOException {
        try (TextGenerator generator = load()) {
            assertThat(generator.defaults())
                    .isEqualTo(GenerationConfig.builder().maxLength(128).build());
        }
        Files.delete(directory.resolve("model-1152/checksums.json"));
        Files.writeString(
                directory.resolve("model-1152/generation_config.json"), "{\"max_new_tokens\": 4, \"num_beams\": 2}");
        try (TextGenerator generator = load()) {
            assertThat(generator.defaults())
                    .isEqualTo(
                            GenerationConfig.builder().maxLength(5).numBeams(2).build());
            GenerationConfig two =
                    generator.defaults().toBuilder().numReturnSequences(2).build();
            assertThat(generator.outputs(List.of(INPUT), two).get(0)).hasSize(2);
            assertThat(generator.generate(INPUT))
                    .isEqualTo(generator.text(
                            generator.outputs(List.of(INPUT), two).get(0).get(0)));
        }
    }

    @Test
    void aVocabularyThatIsTooLargeIsRefused() throws IOException {
        Path small = model(256);
        Files.copy(Fixtures.vocabulary(), small.resolve("spiece.model"));
        assertThatThrownBy(() -> TextGenerator.load(small))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("The vocabulary has 1100 ids")
                .hasMessageContaining("only 256 embeddings");
    }
}
