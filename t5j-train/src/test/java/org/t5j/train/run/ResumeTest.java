package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.train.Fixtures;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;

/** Resuming within one process: bitwise the same end, a log without gaps or repetitions, and what is refused. */
class ResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path corpus;

    @BeforeEach
    void writeCorpus() {
        corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optim.optimizer=adafactor",
                "optim.optimizer=adamw",
                "optim.gradAcc=2",
                "data.pack=true",
                "optim.guard={spikeFactor: 1.0001, spikeWindow: 3, maxSkippedInRow: 12}",
                "average={name: ema, decay: 0.9}",
                "average={name: uniform, startStep: 5, everySteps: 2}"
            })
    void aResumedRunEndsBitwiseAsAnUninterruptedOne(String setting) {
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        Training.of(Fixtures.pretraining(corpus, setting)).run(whole, false);
        for (long crash : new long[] {2, 7, 11}) {
            Training training =
                    Training.of(Fixtures.pretraining(corpus, setting)).listener(Fixtures.crashAfter(crash));
            assertThatThrownBy(() -> training.run(broken, true)).hasMessage("crash");
        }
        TrainingResult result =
                Training.of(Fixtures.pretraining(corpus, setting)).run(broken, true);

        assertThat(result.state().step()).isEqualTo(12);
        assertSameTensors(whole, broken, "model.safetensors");
        assertSameTensors(whole, broken, "training/optimizer.safetensors");
        assertThat(losses(broken)).isEqualTo(losses(whole)).hasSize(12);
        assertThat(state(broken).skipped()).isEqualTo(state(whole).skipped());
        if (setting.startsWith("average")) {
            assertSameTensors(whole, broken, "training/weights.safetensors");
        } else {
            assertThat(whole.resolve("checkpoints/step-12/training/weights.safetensors"))
                    .doesNotExist();
        }
        assertThat(state(whole).skipped().count() > 0).isEqualTo(setting.contains("guard"));
    }

    private static TrainingState state(Path run) {
        return TrainingCheckpoint.readState(run.resolve("checkpoints/step-12"));
    }

    /** A state as it was written before runs could skip updates. */
    @Test
    void theStateOfAnOlderVersionIsResumed() throws IOException {
        Path whole = directory.resolve("whole");
        Path old = directory.resolve("old");
        Training.of(Fixtures.pretraining(corpus)).run(whole, false);
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=6")).run(old, false);
        Path checkpoint = old.resolve("checkpoints/step-6");
        Path file = checkpoint.resolve("training/state.json");
        ObjectNode state = (ObjectNode) JSON.readTree(file.toFile());
        state.remove(List.of("skipped", "scheduleOffset"));
        JSON.writeValue(file.toFile(), state);
        renewChecksum(checkpoint, "training/state.json");
        Path config = old.resolve("config.yaml");
        String settings = Files.readString(config);
        Files.writeString(
                config,
                settings.replaceAll("(?m)^average:\\n  name: .*\\n", "")
                        .replaceAll("(?m)^  guard:\\n(    .*\\n)+", "")
                        .replaceAll("(?m)^  parameterNormEverySteps: .*\\n", ""));
        assertThat(config).content().doesNotContain("average:", "guard:", "onNan:", "parameterNormEverySteps:");
        assertThat(RunDirectory.of(old).latest()).contains(checkpoint);

        Training.ofRun(old, List.of("optim.totalSteps=12")).run(old, true);
        assertSameTensors(whole, old, "model.safetensors");
        assertThat(losses(old)).isEqualTo(losses(whole));
    }

    /** Such as earlier versions began with, and passed over. */
    @Test
    void aShapeBesideTheCheckpointOfAnOlderVersionIsPassedOver() throws IOException {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=4")).run(run, false);
        Path config = run.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("dModel: 16", "dModel: 64"));
        assertThat(config).content().contains("dModel: 64");
        TrainingState state = Training.ofRun(run, List.of("optim.totalSteps=5"))
                .run(run, true)
                .state();
        assertThat(state.step()).isEqualTo(5);
        assertThatThrownBy(() -> Training.ofRun(run, List.of("model.dModel=32")).run(run, true))
                .hasMessageContaining("model.dModel must be that of the checkpoint");
    }

    @Test
    void aRunWithNothingLeftToDoKeepsItsConfiguration() throws IOException {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=3")).run(run, false);
        String before = Files.readString(run.resolve("config.yaml"));
        TrainingState state = Training.ofRun(run, List.of("optim.totalSteps=2"))
                .run(run, true)
                .state();
        assertThat(state.step()).isEqualTo(3);
        assertThat(run.resolve("config.yaml")).hasContent(before);
    }

    private static void renewChecksum(Path checkpoint, String file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(checkpoint.resolve(file)));
            Path checksums = checkpoint.resolve("checksums.json");
            ObjectNode all = (ObjectNode) JSON.readTree(checksums.toFile());
            ((ObjectNode) all.get("files")).put(file, HexFormat.of().formatHex(digest));
            JSON.writeValue(checksums.toFile(), all);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void assertSameTensors(Path expected, Path actual, String file) {
        SafetensorsReader a =
                SafetensorsReader.open(expected.resolve("checkpoints/step-12").resolve(file));
        SafetensorsReader b =
                SafetensorsReader.open(actual.resolve("checkpoints/step-12").resolve(file));
        assertThat(b.names()).isEqualTo(a.names()).isNotEmpty();
        for (String name : a.names()) {
            assertThat(b.floats(name)).as(name).isEqualTo(a.floats(name));
        }
    }

    /** {@code step loss} of every line, which must stand in order. */
    private static List<String> losses(Path run) {
        List<String> losses = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
                JsonNode entry = JSON.readTree(line);
                steps.add(entry.get("step").asLong());
                losses.add(entry.get("step") + " " + entry.get("loss") + " " + entry.get("learning_rate"));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(steps)
                .isEqualTo(LongStream.rangeClosed(1, steps.size()).boxed().toList());
        return losses;
    }

    @Test
    void aLongerRunGoesOnFromAFinishedOne() {
        Path longer = directory.resolve("longer");
        Path twice = directory.resolve("twice");
        Training.of(Fixtures.pretraining(corpus)).run(longer, false);
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=6")).run(twice, false);
        Training.ofRun(twice, List.of("optim.totalSteps=12")).run(twice, true);
        assertSameTensors(longer, twice, "model.safetensors");
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        Training.of(Fixtures.pretraining(corpus)).run(whole, false);
        Training.of(Fixtures.pretraining(corpus)).run(broken, false);
        Path weights = broken.resolve("checkpoints/step-12/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 5] ^= 1;
        Files.write(weights, bytes);
        assertThat(RunDirectory.of(broken).latest()).contains(broken.resolve("checkpoints/step-8"));
        Training.ofRun(broken, List.of()).run(broken, true);
        assertSameTensors(whole, broken, "model.safetensors");
        assertThat(losses(broken)).isEqualTo(losses(whole));
    }

    @Test
    void aDamagedCheckpointThatStaysIsToldOfOnce() throws IOException {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus)).run(run, false);
        Files.writeString(run.resolve("checkpoints/step-12/config.json"), "{}");
        Logger logger = (Logger) LoggerFactory.getLogger(RunDirectory.class);
        ListAppender<ILoggingEvent> messages = new ListAppender<>();
        messages.start();
        logger.addAppender(messages);
        try {
            Training.ofRun(run, List.of("optim.totalSteps=9")).run(run, true);
        } finally {
            logger.detachAppender(messages);
        }
        assertThat(messages.list).singleElement().asString().contains("step-12 is damaged");
    }

    @Test
    void aDirectoryOfOtherFilesIsNotTrainedIn() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.createFile(other.resolve(".gitkeep"));
        Path notes = Files.writeString(other.resolve("notes.txt"), "mine");
        for (boolean resume : new boolean[] {false, true}) {
            assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus)).run(other, resume))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("other holds files that are not of a run, such as notes.txt");
        }
        Files.delete(notes);
        Path foreign = Files.createDirectories(other.resolve("checkpoints")).resolve("epoch1.pt");
        Files.createFile(foreign);
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus)).run(other, false))
                .hasMessageContaining("such as epoch1.pt");
        assertThat(other.toFile().list()).containsExactlyInAnyOrder(".gitkeep", "checkpoints");
        Files.delete(foreign);
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=1")).run(other, false);
        Files.createFile(other.resolve("notes.txt"));
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=2")).run(other, true);
        assertThat(RunDirectory.of(other).steps()).containsExactly(1L, 2L);
    }

    @Test
    void aFileIsNoRunDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus)).run(file, false))
                .isInstanceOf(T5Exception.class)
                .hasMessage(file + " is a file; name a directory for the run");
        assertThat(file).hasContent("mine");
    }

    @Test
    void onlyTheNewestCheckpointsStay() {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus, "checkpoint={everySteps: 2, keepLast: 2}"))
                .run(run, false);
        assertThat(RunDirectory.of(run).steps()).containsExactly(10L, 12L);
        assertThat(run.resolve("checkpoints").toFile().list()).containsExactlyInAnyOrder("step-10", "step-12");
    }

    @Test
    void aDirectoryThatHoldsARunIsNotOverwritten() {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=1")).run(run, false);
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus)).run(run, false))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("already holds the checkpoints of a run; resume it");
    }

    @Test
    void whatDecidesTheUpdatesMayNotChange() {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=1")).run(run, false);
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus, "seed=12", "optim.optimizer=adamw"))
                        .run(run, true))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("seed was 11 and is 12")
                .hasMessageContaining("optim.optimizer.name was \"adafactor\" and is \"adamw\"");
    }

    @Test
    void otherDataIsRefused() {
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=1")).run(run, false);
        Fixtures.corpus(corpus, 50);
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus)).run(run, true))
                .hasMessageContaining("The data position belongs to other data or settings");
    }

    @Test
    void twoRunsDoNotWriteToOneDirectory() {
        Path run = directory.resolve("run");
        TrainingListener second = new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                Training.of(Fixtures.pretraining(corpus)).run(run, true);
            }
        };
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus))
                        .listener(second)
                        .run(run, false))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Another process trains in");
    }

    @Test
    void aRunThatCannotBeginLeavesNothingBehind() {
        Path run = directory.resolve("run");
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(directory.resolve("absent.txt")))
                        .run(run, false))
                .hasMessageContaining("There is no file");
        assertThat(run).doesNotExist();
    }

    @Test
    void aLossThatIsNotFiniteStopsTheRunAndNamesTheLastGoodCheckpoint() {
        Path run = directory.resolve("run");
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(
                                corpus,
                                "optim={optimizer: adamw, totalSteps: 50, gradClip: 0}",
                                "schedule={name: linear, base: 1e30, warmupSteps: 1, totalSteps: 60}",
                                "checkpoint={everySteps: 1, keepLast: 1}"))
                        .run(run, false))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Training stopped at step")
                .hasMessageContaining("at learning rate")
                .hasMessageContaining("the last good checkpoint is " + run.resolve("checkpoints/step-"));
        SafetensorsReader last = SafetensorsReader.open(
                RunDirectory.of(run).latest().orElseThrow().resolve("model.safetensors"));
        for (String name : last.names()) {
            for (float value : last.floats(name)) {
                assertThat(value).as(name).isFinite();
            }
        }
    }
}
