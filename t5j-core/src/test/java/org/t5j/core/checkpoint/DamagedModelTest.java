package org.t5j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;

/** Every file of a model directory, damaged at random: it is refused in words or read, and never takes much memory. */
@Timeout(300)
class DamagedModelTest {
    private static final int ROUNDS = 1000;

    @TempDir
    Path directory;

    private interface Reader {
        void read() throws IOException;
    }

    /** Reads {@code file} in {@code rounds} damaged versions; how many were refused. */
    private static int refusals(Path file, int rounds, Reader reader) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] damaged = Mutations.of(whole, i);
            Files.write(file, damaged);
            try {
                reader.read();
            } catch (T5Exception refusal) {
                assertThat(refusal.getMessage()).as("round %d", i).isNotBlank().doesNotContain("java.");
                refused++;
            } catch (Throwable defect) {
                fail("round " + i + " of " + file.getFileName() + ":\n" + new String(damaged), defect);
            }
        }
        Files.write(file, whole);
        return refused;
    }

    private Path model() {
        T5Config config = T5Config.builder()
                .vocabSize(16)
                .dModel(4)
                .dKv(2)
                .dFf(8)
                .layers(1, 1)
                .numHeads(2)
                .build();
        Path saved = directory.resolve("model");
        try (T5Model model = T5Model.create(config, 1)) {
            model.save(saved, new WriteOptions(Dtype.F32, 600));
        }
        return saved;
    }

    @Test
    void configurations() throws IOException {
        Path model = model();
        Path config = model.resolve("config.json");
        assertThat(refusals(config, ROUNDS, () -> HfConfig.read(config))).isBetween(ROUNDS / 3, ROUNDS - 1);
        Path generation = model.resolve("generation_config.json");
        assertThat(refusals(generation, ROUNDS, () -> HfGenerationConfig.read(generation)))
                .isBetween(ROUNDS / 3, ROUNDS - 1);
    }

    @Test
    void modelsWithAWrongConfiguration() throws IOException {
        Path model = model();
        Files.delete(model.resolve("checksums.json"));
        int refused = refusals(model.resolve("config.json"), ROUNDS / 2, () -> T5Model.load(model)
                .close());
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS / 2 - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vocab_size",
                "d_model",
                "d_ff",
                "d_kv",
                "num_heads",
                "num_layers",
                "num_decoder_layers",
                "relative_attention_num_buckets"
            })
    void aGiantModelIsRefusedBeforeMemoryIsTaken(String key) throws IOException {
        Path model = model();
        Files.delete(model.resolve("checksums.json"));
        Path config = model.resolve("config.json");
        String text = Files.readString(config);
        String giant = text.replaceFirst("\"" + key + "\" : \\d+", "\"" + key + "\" : 2147483647");
        assertThat(giant).isNotEqualTo(text);
        Files.writeString(config, giant);
        assertThatThrownBy(() -> T5Model.load(model)).isInstanceOf(T5Exception.class);
    }

    @Test
    void indicesOfShards() throws IOException {
        Path model = model();
        assertThat(refusals(model.resolve("model.safetensors.index.json"), ROUNDS, () -> WeightFiles.open(model)))
                .isBetween(ROUNDS / 2, ROUNDS - 1);
    }

    @Test
    void checksums() throws IOException {
        Path model = model();
        assertThat(refusals(model.resolve("checksums.json"), ROUNDS, () -> CheckpointDirectory.verify(model)))
                .isBetween(ROUNDS / 2, ROUNDS - 1);
    }
}
