package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.core.Architecture;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.train.Fixtures;
import org.t5j.train.config.ConfigException;

/** Every architecture is trained, resumed, scored and written with by one setting, or refused with the reason. */
class ArchitectureRunTest {
    @TempDir
    Path directory;

    private Path corpus;

    @BeforeEach
    void writeCorpus() {
        corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
    }

    static Stream<Arguments> objectives() {
        return Objectives.names().stream().flatMap(objective -> Arrays.stream(Architecture.values())
                .map(architecture -> Arguments.of(objective, architecture)));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void everyObjectiveIsLearntByEveryArchitectureOrRefusedWithTheReason(String objective, Architecture architecture) {
        Path run = directory.resolve("run");
        Training training = Training.of(Fixtures.pretraining(
                corpus,
                "model.architecture=" + architecture,
                "objective.name=" + objective,
                "objective.sentinelOverflow=" + (objective.equals("ul2") ? "reuse" : null),
                "data.pack=" + (architecture == Architecture.SHARED),
                "optim.totalSteps=1"));
        boolean possible = architecture != Architecture.DECODER_PREFIX_LM
                || !List.of("lm", "full_lm").contains(objective);
        if (possible) {
            TrainingResult result = training.run(run, false);
            assertThat(result.state().step()).isEqualTo(1);
            try (T5Model model = T5Model.load(result.last())) {
                assertThat(model.config().architecture()).isEqualTo(architecture);
            }
        } else {
            assertThatThrownBy(() -> training.run(run, false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("objective " + objective + " makes examples without inputs")
                    .hasMessageContaining("use model.architecture=DECODER_LM");
            assertThat(run).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SHARED, false, false",
        "DECODER_LM, true, true",
        "DECODER_LM, false, false",
        "DECODER_PREFIX_LM, false, true",
        "DECODER_PREFIX_LM, true, false"
    })
    void aResumedRunEndsBitwiseAsAnUninterruptedOne(Architecture architecture, boolean lossOnInputs, boolean pack) {
        String[] settings = {
            "model.architecture=" + architecture,
            "model.relativeBiasPerLayer=" + pack,
            "optim.lossOnInputs=" + lossOnInputs,
            "data.pack=" + pack,
            "data.validationFiles=" + corpus
        };
        TrainingResult whole =
                Training.of(Fixtures.pretraining(corpus, settings)).run(directory.resolve("w"), false);
        String[] half = Arrays.copyOf(settings, settings.length + 1);
        half[settings.length] = "optim.totalSteps=5";
        Training.of(Fixtures.pretraining(corpus, half)).run(directory.resolve("b"), false);
        TrainingResult resumed =
                Training.of(Fixtures.pretraining(corpus, settings)).run(directory.resolve("b"), true);
        assertThat(resumed.scores()).isEqualTo(whole.scores()).containsKey("validation/loss");
        SafetensorsReader expected = SafetensorsReader.open(whole.last().resolve("model.safetensors"));
        SafetensorsReader found = SafetensorsReader.open(resumed.last().resolve("model.safetensors"));
        assertThat(found.names()).isEqualTo(expected.names());
        for (String name : expected.names()) {
            assertThat(found.floats(name)).as(name).isEqualTo(expected.floats(name));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Architecture.class,
            names = {"SHARED", "DECODER_LM", "DECODER_PREFIX_LM"})
    void aTaskIsLearntScoredAndWritten(Architecture architecture) {
        Path train = Fixtures.pairs(directory.resolve("train.tsv"), 400);
        Path validation = Fixtures.pairs(directory.resolve("valid.tsv"), 60);
        Path run = directory.resolve("run");
        TrainingResult result = Training.of(
                        Fixtures.fineTuning(train, validation, "model.architecture=" + architecture))
                .run(run, false);
        assertThat(result.scores().get("letter/accuracy")).isGreaterThan(95);
        try (TextGenerator generator = TextGenerator.load(run)) {
            List<String> words = List.of("first letter: market", "first letter: a", "first letter: sister");
            assertThat(generator.generate(words, generator.defaults())).containsExactly("m", "a", "s");
            GenerationConfig beams =
                    GenerationConfig.builder().numBeams(3).maxLength(6).build();
            List<List<Generated>> outputs = generator.outputs(words, beams);
            assertThat(generator.text(outputs.get(2).get(0))).isEqualTo("s");
        }
        try (TextScorer scorer = TextScorer.load(run)) {
            List<TextScorer.Score> scores =
                    scorer.score(List.of("first letter: market", "first letter: market"), List.of("m", "s"));
            assertThat(scores.get(0).logLikelihood())
                    .isGreaterThan(scores.get(1).logLikelihood());
        }
    }

    @Test
    void aLanguageModelWritesFromNothing() {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus, "model.architecture=DECODER_LM", "objective.name=lm"))
                .run(run, false);
        try (TextGenerator generator = TextGenerator.load(run)) {
            assertThat(generator.generate(List.of("", "the king"), generator.defaults()))
                    .hasSize(2);
        }
    }

    @Test
    void anotherArchitectureThanTheCheckpointsIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path base = Training.of(Fixtures.pretraining(corpus, "model.architecture=DECODER_LM", "optim.totalSteps=1"))
                .run(directory.resolve("base"), false)
                .last();
        Path run = directory.resolve("run");
        Path pairs = Fixtures.pairs(directory.resolve("pairs.tsv"), 16);
        for (String setting :
                List.of("model.architecture=SHARED", "model.relativeBiasPerLayer=true", "model.numDecoderLayers=7")) {
            Training other =
                    Training.of(Fixtures.fineTuning(pairs, pairs, "model={checkpoint: " + base + "}", setting));
            assertThatThrownBy(() -> other.run(run, false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(setting.substring(0, setting.indexOf('=')))
                    .hasMessageContaining("must be that of the checkpoint " + base)
                    .hasMessageContaining("leave it out");
            assertThat(run).doesNotExist();
        }
        assertThatThrownBy(
                        () -> Training.ofRun(directory.resolve("base"), List.of("model.architecture=ENCODER_DECODER"))
                                .run(directory.resolve("base"), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DECODER_LM");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("run");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'model={preset: tiny, numLayers: 2, numDecoderLayers: 1, architecture: SHARED}', as many blocks in both",
        "'optim.lossOnInputs=true', whose encoder reads the inputs and predicts nothing",
        "'model={preset: tiny, architecture: SHARED, dModel: 0}', d_model must be at least 1"
    })
    void settingsThatDoNotFitAreRefusedBeforeAnythingIsWritten(String setting, String reason) {
        Path run = directory.resolve("run");
        assertThatThrownBy(
                        () -> Training.of(Fixtures.pretraining(corpus, setting)).run(run, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason);
        assertThat(run).doesNotExist();
    }

    @Test
    void anUnknownArchitectureIsRefusedWithTheNames() {
        assertThatThrownBy(() -> Fixtures.pretraining(corpus, "model.architecture=DECODER"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("DECODER_PREFIX_LM");
        assertThatCode(() -> Fixtures.pretraining(corpus, "model.architecture=SHARED"))
                .doesNotThrowAnyException();
    }
}
