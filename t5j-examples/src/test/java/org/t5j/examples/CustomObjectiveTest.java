package org.t5j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.noise.NoiseMask;
import org.t5j.data.noise.Sentinels;
import org.t5j.data.objective.Denoising;
import org.t5j.data.objective.Objective;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.data.objective.SegmentShape;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.TrainConfig;

/** The objective of docs/how-to/custom-objective.md: it stands there as it stands here, and it does what it says. */
class CustomObjectiveTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "custom-objective.md");

    @TempDir
    Path directory;

    // page begins
    /** A run of tokens at a random place is hidden: the inputs have a sentinel for it, the targets are the run. */
    record OneGap(double density) implements NoiseMask {

        @Override
        public boolean[] mask(int length, CounterRandom random) {
            boolean[] noise = new boolean[length];
            int begin = random.nextInt(length - gap(length) + 1);
            Arrays.fill(noise, begin, begin + gap(length), true);
            return noise;
        }

        private int gap(int length) {
            return (int) Math.max(1, Math.round(length * density));
        }

        static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
            config.requireOnly("noiseDensity");
            OneGap mask = new OneGap(Objects.requireNonNullElse(config.noiseDensity(), 0.5));
            int segment = config.inputLength() - 1;
            int targets = config.targetLengthFor(mask.gap(segment) + 2);
            Sentinels sentinels = config.sentinels(tokenizer);
            return new Denoising(
                    config.toString(),
                    new SegmentShape(segment, config.inputLength(), targets, true),
                    mask,
                    (tokens, noise, random) -> sentinels.noiseSpanToUniqueSentinel(tokens, noise),
                    (tokens, noise, random) -> sentinels.noiseAfterItsSentinel(tokens, noise),
                    tokenizer.eosId());
        }
    }
    // page ends

    /** The page's first line, once for all tests: a name is taken for as long as the process lives. */
    @BeforeAll
    static void register() {
        Objectives.register("one_gap", OneGap::create);
    }

    static TrainingResult train(Path file, Path runDirectory) {
        // use begins
        TrainConfig config = TrainConfig.load(file, List.of("objective={name: one_gap, inputLength: 32}"));
        TrainingResult result = Training.of(config).run(runDirectory, false);
        // use ends
        return result;
    }

    private Path configuration() throws IOException {
        Files.writeString(directory.resolve("corpus.txt"), "She had been a friend of both.\n".repeat(200));
        Path file = directory.resolve("pretrain.yaml");
        Files.writeString(file, """
                model: {preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}
                tokenizer: {convention: BYT5}
                data: {format: lines, files: [corpus.txt], validationFiles: [corpus.txt], batchSize: 4}
                optim: {totalSteps: 2}
                eval: {examples: 4}
                logging: {progress: false}
                """);
        return file;
    }

    @Test
    void aRegisteredObjectiveTrainsByItsNameAndResumes() throws IOException {
        Path run = directory.resolve("run");
        assertThat(train(configuration(), run).scores()).containsKey("validation/loss");
        assertThat(Files.readString(run.resolve("config.yaml"))).contains("one_gap");
        TrainingResult more = Training.ofRun(run, List.of("optim.totalSteps=3")).run(run, true);
        assertThat(more.state().step()).isEqualTo(3);
    }

    @Test
    void itHidesOneRun() {
        TrainConfig config = TrainConfig.ofSettings(List.of("tokenizer={convention: BYT5}"));
        Tokenizer bytes = VocabularyFiles.of(config.tokenizer()).tokenizer();
        Objective objective = Objectives.create(ObjectiveConfig.named("one_gap", 9), bytes);
        int[] tokens = bytes.encode("abcdefgh");
        for (int i = 0; i < 20; i++) {
            TokenExample example = objective.apply(tokens, new CounterRandom(1, Purpose.NOISE, 0, i));
            assertThat(example.inputs()).hasSize(6).containsOnlyOnce(bytes.sentinelId(0));
            assertThat(example.targets()).hasSize(6).startsWith(bytes.sentinelId(0));
        }
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Objectives.register("one_gap", OneGap::create))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("The objective 'one_gap' is there already. Give one of the two another name.");
        assertThatThrownBy(() -> Objectives.create(new ObjectiveConfig("one_gap", 32, null, null, 3.0, null), null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "objective 'one_gap' has no such setting: leave it out. Its own are noiseDensity, beside inputLength,"
                                + " targetLength and mergeExamples");
        assertThatThrownBy(() -> Objectives.create(new ObjectiveConfig("one_gap", 32, 4, null, null, null), null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("targetLength is 4");
    }

    @Test
    void thePageShowsThisObjective() throws IOException {
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        String source = Files.readString(Path.of("src/test/java/org/t5j/examples/CustomObjectiveTest.java"))
                .replace("\r\n", "\n");
        assertThat(page).contains("```java\n" + between(source, "page") + "```\n");
        assertThat(JavaOfPages.importsShown(page))
                .isEqualTo(JavaOfPages.importsNeeded(source, between(source, "page")));
        assertThat(page)
                .contains("```java\nObjectives.register(\"one_gap\", OneGap::create);\n" + between(source, "use")
                        + "```\n");
    }

    private static String between(String source, String name) {
        String begin = "// " + name + " begins\n";
        String text =
                source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// " + name + " ends\n"));
        return text.stripTrailing().stripIndent() + "\n";
    }
}
