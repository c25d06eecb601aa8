package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.checkpoint.SafetensorsWriter;
import org.t5j.data.DataException;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.train.Fixtures;
import org.t5j.train.Mutations;
import org.t5j.train.listener.JsonLog;
import org.t5j.train.listener.TensorBoardLog;
import org.t5j.train.optim.OptimizerState;
import org.t5j.train.setup.TrainConfig;

/** Every file of a run that is read on resuming, damaged at random: it is refused in words, or read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class DamagedRunTest {
    private static final int ROUNDS = 1000;

    private Path directory;
    private Path run;
    private Path checkpoint;

    @BeforeAll
    void train(@TempDir Path temporary) {
        directory = temporary;
        run = directory.resolve("run");
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=4", "average.name=ema"))
                .run(run, false);
        checkpoint = run.resolve("checkpoints/step-4");
    }

    private interface Reader {
        void read() throws IOException;
    }

    /** Reads {@code file} in {@code rounds} damaged versions and mends it; how many were refused. */
    private static int refusals(Path file, int rounds, Reader reader) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] damaged = Mutations.of(whole, i);
            Files.write(file, damaged);
            try {
                reader.read();
            } catch (T5Exception | DataException | TokenizerException refusal) {
                assertThat(refusal.getMessage()).as("round %d", i).isNotBlank().doesNotContain("java.", "org.t5j");
                refused++;
            } catch (Throwable defect) {
                fail("round " + i + " of " + file.getFileName(), defect);
            }
        }
        Files.write(file, whole);
        reader.read();
        return refused;
    }

    @Test
    void configurations() throws IOException {
        Path config = run.resolve("config.yaml");
        assertThat(refusals(config, ROUNDS, () -> TrainConfig.load(config, List.of())))
                .isBetween(ROUNDS / 3, ROUNDS - 1);
    }

    @Test
    void states() throws IOException {
        Path state = checkpoint.resolve("training/state.json");
        assertThat(refusals(state, ROUNDS, () -> TrainingCheckpoint.readState(checkpoint)))
                .isBetween(ROUNDS / 3, ROUNDS - 1);
        Files.copy(state, directory.resolve("state.json"));
        for (String text : List.of("null", "", "[]", "{}", "{\"step\": -1}")) {
            Files.writeString(state, text);
            assertThatThrownBy(() -> TrainingCheckpoint.readState(checkpoint))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageStartingWith(state + " is damaged (")
                    .hasMessageEndingWith("use another checkpoint");
        }
        Files.delete(state);
        Files.copy(directory.resolve("state.json"), state);
    }

    @Test
    void optimizers() throws IOException {
        Path file = checkpoint.resolve(TrainingCheckpoint.OPTIMIZER);
        try (T5Model model = T5Model.load(checkpoint)) {
            assertThat(refusals(file, ROUNDS, () -> read(model))).isBetween(ROUNDS / 3, ROUNDS - 1);
            byte[] whole = Files.readAllBytes(file);
            String name = SafetensorsReader.open(file).names().iterator().next();
            assertRefused(
                    model, Map.of(name, new float[] {1}), Map.of(), "how many steps the optimizer took, found null");
            assertRefused(model, Map.of(name, new float[] {1}), Map.of("steps", "many"), "found many");
            assertRefused(model, Map.of("stray.exp_avg", new float[] {1}), Map.of("steps", "1"), "no parameter");
            assertRefused(model, Map.of(name, new float[1 << 20]), Map.of("steps", "1"), "more than its parameter");
            Files.write(file, whole);
        }
    }

    private void assertRefused(
            T5Model model, Map<String, float[]> tensors, Map<String, String> metadata, String message) {
        SafetensorsWriter writer = new SafetensorsWriter();
        metadata.forEach(writer::metadata);
        tensors.forEach((name, values) -> writer.add(name, values, values.length));
        writer.write(checkpoint.resolve(TrainingCheckpoint.OPTIMIZER));
        assertThatThrownBy(() -> read(model)).isInstanceOf(T5Exception.class).hasMessageContaining(message);
    }

    private void read(T5Model model) {
        try (OptimizerState state = new OptimizerState(model.backend())) {
            TrainingCheckpoint.readOptimizer(checkpoint, state, model.parameters(), model.backend());
        }
    }

    @Test
    void vocabularies() throws IOException {
        for (String name : List.of("tokenizer_config.json", "special_tokens_map.json", "spiece.model")) {
            refusals(checkpoint.resolve(name), ROUNDS / 2, () -> VocabularyFiles.in(checkpoint));
        }
    }

    @Test
    void logsAndEventFilesAreCutAtTheDamageAndGoneOnWith() throws IOException {
        Path log = run.resolve("log.jsonl");
        byte[] whole = Files.readAllBytes(log);
        int refused = refusals(log, ROUNDS, () -> {
            JsonLog.open(log, 4, 1).close();
            TensorBoardLog.open(run.resolve("events.out.tfevents.t5j"), log).close();
        });
        assertThat(refused).isZero();
        assertThat(refusals(log, ROUNDS / 10, () -> RunReport.write(run, null))).isZero();
        Files.write(log, whole);
        assertThat(refusals(run.resolve("events.out.tfevents.t5j"), ROUNDS, () -> TensorBoardLog.open(
                                run.resolve("events.out.tfevents.t5j"), log)
                        .close()))
                .isZero();
        assertThat(refusals(run.resolve("environment.json"), ROUNDS / 10, () -> RunReport.write(run, null)))
                .isZero();
    }
}
