package org.t5j.train.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.data.noise.SentinelOverflow;

/** The settings of objectives in a file. */
class ObjectiveSettingsTest {
    @TempDir
    Path directory;

    private TrainConfig load(String text, String... settings) throws IOException {
        Path file = directory.resolve("run.yaml");
        Files.writeString(file, text);
        return TrainConfig.load(file, List.of(settings));
    }

    @Test
    void anotherNameLeavesTheOtherDefaultsToTheObjective() throws IOException {
        TrainConfig config = load("objective: {inputLength: 128}", "objective.name=prefix_lm");
        assertThat(config.objective().inputLength()).isEqualTo(128);
        assertThat(config.objective().noiseDensity()).isNull();
        assertThat(config.objective().mergeExamples()).isNull();
    }

    @Test
    void allSettingsReadBackEqual() throws IOException {
        TrainConfig config = load(
                "objective: {name: ul2, inputLength: 128, rates: {s: 1, x_3_50: 0}, sentinelOverflow: reuse}",
                "objective.modeTokens=false");
        assertThat(config.objective().rates()).containsEntry("s", 1.0).containsEntry("x_3_50", 0.0);
        assertThat(config.objective().sentinelOverflow()).isEqualTo(SentinelOverflow.REUSE);
        assertThat(load(config.toYaml()).objective()).isEqualTo(config.objective());
    }

    @Test
    void anImpossibleShareNamesTheKey() {
        assertThatThrownBy(() -> load("objective: {name: iid_denoising, noiseDensity: 15}"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("noiseDensity is 15.0, but it is a share: 0 up to 1");
    }
}
