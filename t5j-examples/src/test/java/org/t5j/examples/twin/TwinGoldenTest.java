package org.t5j.examples.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five updates against what {@code twin_t5.py} (PyTorch 2.13) printed for the same model and batches. */
class TwinGoldenTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @CsvSource({"relu, adafactor", "relu, adamw", "gated, adafactor", "gated, adamw"})
    void lossesAndGradientNormsAreThoseOfTheTwin(String model, String optimizer) throws Exception {
        Path directory =
                Path.of(new URI(getClass().getResource("/twin/" + model).toString()));
        List<StepLoss> losses = new ArrayList<>();
        List<String> settings =
                optimizer.equals("adafactor") ? List.of() : List.of("optim.optimizer={name: " + optimizer + "}");
        TwinTraining.run(new TwinDirectory(directory), settings, losses::add);
        LossComparison comparison = LossComparison.of(losses, StepLoss.read(directory.resolve(optimizer + ".jsonl")));
        assertThat(comparison.losses()).hasSize(5);
        assertThat(comparison.largest()).isLessThan(TOLERANCE);
        assertThat(Arrays.stream(comparison.gradientNorms()).max()).hasValueCloseTo(0.0, within(TOLERANCE));
    }
}
