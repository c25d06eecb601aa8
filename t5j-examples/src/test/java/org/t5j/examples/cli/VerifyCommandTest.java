package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code t5j verify} on the recordings of Hugging Face's models, and what it says where something differs. */
class VerifyCommandTest {
    /** The recordings that t5j-core is tested with. */
    private static final Path GOLDEN = Path.of("..", "t5j-core", "src", "test", "resources", "golden", "t5");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"v10_tiny", "v11_tiny", "v10_long", "v11_tied_odd", "v10_reverse_trained", "v11_reverse_trained"
            })
    void allRecordedModelsAreReproduced(String name) {
        Path model = GOLDEN.resolve(name);
        Cli.Result result = verify(model, "forward.safetensors", "fixture.json");
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .contains("logits", "loss ", "grad ", "generate.beam4_lp0.6.scores")
                .contains("counts the start token")
                .endsWith("groups are within their tolerance" + System.lineSeparator());
        assertThat(result.out()).doesNotContain("not compared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v10_tiny", "v11_tiny", "v10_long", "v11_tied_odd"})
    void oddMasksAndTheOtherScoreConventionAreUnderstood(String name) {
        Cli.Result result = verify(GOLDEN.resolve(name), "masks.safetensors", "generate_443.json");
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("nomask.logits", "4.43.0.dev0: lengths do not count the start token");
    }

    private static Cli.Result verify(Path model, String reference, String generation) {
        return Cli.run(
                "verify",
                "--checkpoint",
                model,
                "--reference",
                model.resolve(reference),
                "--generation",
                model.resolve(generation));
    }

    @Test
    void exitsWithOneAndNamesTheGroupPastItsTolerance() {
        Path model = GOLDEN.resolve("v11_tiny");
        Cli.Result strict = Cli.run(
                "verify",
                "--checkpoint",
                model,
                "--reference",
                model.resolve("forward.safetensors"),
                "--tolerance",
                "1e-9");
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.out()).containsPattern("logits +max abs .*FAILED").contains("past their tolerance");
    }

    @Test
    void findsOutAChangedWeight() throws IOException {
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(GOLDEN.resolve("v10_tiny").resolve(file), directory.resolve(file));
        }
        byte[] weights = Files.readAllBytes(directory.resolve("model.safetensors"));
        weights[weights.length - 2] ^= 0x40;
        Files.write(directory.resolve("model.safetensors"), weights);
        Cli.Result result = Cli.run(
                "verify",
                "--checkpoint",
                directory,
                "--reference",
                GOLDEN.resolve("v10_tiny").resolve("forward.safetensors"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("FAILED");
    }

    @Test
    void saysWhatIsWrongWithARecording() {
        Path model = GOLDEN.resolve("v11_tiny");
        Cli.Result nothing = Cli.run("verify", "--checkpoint", model);
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("--reference");

        Cli.Result otherModel = Cli.run(
                "verify",
                "--checkpoint",
                model,
                "--reference",
                GOLDEN.resolve("v10_long").resolve("forward.safetensors"));
        assertThat(otherModel.code()).isEqualTo(1);
        assertThat(otherModel.err()).contains("id ", "vocabulary");

        Cli.Result noRecording =
                Cli.run("verify", "--checkpoint", model, "--reference", model.resolve("model.safetensors"));
        assertThat(noRecording.code()).isEqualTo(1);
        assertThat(noRecording.err()).contains("holds no input_ids");

        Path json = SmallModel.write(directory.resolve("runs.json"), "{\"runs\": {}}");
        Cli.Result noRuns = Cli.run("verify", "--checkpoint", model, "--generation", json);
        assertThat(noRuns.code()).isEqualTo(1);
        assertThat(noRuns.err()).contains("holds no generation runs");
    }
}
