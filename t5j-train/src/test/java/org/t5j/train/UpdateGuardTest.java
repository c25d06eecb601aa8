package org.t5j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.Parameter;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.data.dataset.TrainingData;
import org.t5j.train.UpdateGuard.OnNan;
import org.t5j.train.config.ConfigException;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.schedule.ConstantSchedule;

/** Updates that are skipped: those of poisoned weights, which are healed before the next. */
class UpdateGuardTest {
    private final List<StepReport> reports = new ArrayList<>();
    private long optimizerSteps;
    private float[] weights;
    private double norm;
    private TrainingState end;

    /** Trains for {@code steps}; the final norm's weights are multiplied by {@code factor} during the poisoned steps. */
    private void train(int steps, UpdateGuard guard, float factor, Set<Long> poisoned) {
        TrainerOptions options =
                new TrainerOptions(steps, 1, 1, 0, 0, new CrossEntropy(0, 0), 0, false, 3, guard, 5, false, false);
        try (T5Model model = T5Model.create(Fixtures.SHAPE, 1);
                Optimizer optimizer = AdamWConfig.defaults().create(model.kernels());
                BatchStream stream = BatchStream.open(
                        TrainingData.of(new Copies()), new BatchConfig(4, 1L, 1, 0, 2), DataPosition.start())) {
            Parameter last = model.parameters().get("decoder.final_layer_norm.weight");
            float[][] healthy = new float[1][];
            Trainer trainer = new Trainer(
                            model, optimizer, new ConstantSchedule(1e-3), stream, options, TrainingState.start())
                    .beforeStep(updates -> {
                        if (healthy[0] != null) {
                            model.backend().write(last.value(), healthy[0], 0);
                            healthy[0] = null;
                        }
                        if (poisoned.contains(updates + 1)) {
                            healthy[0] = model.backend().toArray(last.value());
                            model.kernels().scaleInPlace(last.value(), factor);
                        }
                    })
                    .listener(new TrainingListener() {
                        @Override
                        public void stepped(StepReport report) {
                            reports.add(report);
                        }
                    });
            try {
                end = trainer.run();
            } finally {
                double squares = 0;
                for (Parameter parameter : model.parameters()) {
                    for (float value : model.backend().toArray(parameter.value())) {
                        squares += (double) value * value;
                    }
                }
                norm = Math.sqrt(squares);
                optimizerSteps = optimizer.state().steps();
                weights = model.backend()
                        .toArray(model.parameters().get("shared.weight").value());
            }
        }
    }

    private static UpdateGuard skipping(int inRow, long inAll) {
        return new UpdateGuard(OnNan.SKIP, 0, 100, inRow, inAll);
    }

    private List<Long> skippedSteps() {
        return reports.stream()
                .filter(StepReport::skipped)
                .map(StepReport::step)
                .toList();
    }

    @Test
    void anUpdateThatIsNotFiniteIsSkippedAndCounted() {
        train(8, skipping(3, 0), Float.NaN, Set.of(3L, 5L, 6L));
        assertThat(skippedSteps()).containsExactly(3L, 5L, 6L);
        assertThat(reports.get(2).loss()).isNaN();
        assertThat(reports).filteredOn(report -> !report.skipped()).allMatch(StepReport::isFinite);
        assertThat(end.step()).isEqualTo(8);
        assertThat(end.examples()).isEqualTo(32);
        assertThat(end.skipped()).isEqualTo(new SkippedUpdates(3, 0, List.of()));
        assertThat(optimizerSteps).isEqualTo(5);
        for (float weight : weights) {
            assertThat(weight).isFinite();
        }
    }

    @Test
    void aRunWithoutGuardStopsAndSaysHowToSkip() {
        assertThatThrownBy(() -> train(8, UpdateGuard.defaults(), Float.NaN, Set.of(3L)))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Training stopped at step 3: the loss is NaN")
                .hasMessageContaining("optim.guard.onNan: SKIP");
        assertThat(optimizerSteps).isEqualTo(2);
    }

    @Test
    void tooManySkippedInARowStopTheRun() {
        assertThatThrownBy(() -> train(9, skipping(3, 0), Float.NaN, Set.of(2L, 4L, 5L, 6L)))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Training stopped at step 6")
                .hasMessageContaining("3 updates in a row, 4 in all, were skipped")
                .hasMessageContaining("optim.guard.maxSkippedInRow is 3")
                .hasMessageContaining("there is no checkpoint");
    }

    @Test
    void tooManySkippedInAllStopTheRun() {
        assertThatThrownBy(() -> train(9, skipping(3, 2), Float.NaN, Set.of(2L, 4L, 7L)))
                .hasMessageContaining("Training stopped at step 4")
                .hasMessageContaining("optim.guard.maxSkipped 2");
    }

    @Test
    void aSpikeIsSkippedOnceTheMedianIsKnown() {
        UpdateGuard guard = new UpdateGuard(OnNan.STOP, 8, 4, 3, 0);
        train(12, guard, 60, Set.of(3L, 9L, 10L));
        assertThat(skippedSteps()).containsExactly(9L, 10L);
        assertThat(reports.get(8).isFinite()).isTrue();
        List<Double> made = reports.stream()
                .filter(report -> !report.skipped())
                .map(StepReport::gradientNorm)
                .toList();
        assertThat(end.skipped()).isEqualTo(new SkippedUpdates(2, 0, made.subList(6, 10)));
        assertThat(reports.get(8).gradientNorm())
                .isGreaterThan(8 * end.skipped().medianNorm());
    }

    @Test
    void nothingIsKeptWhereNobodyAsks() {
        train(3, UpdateGuard.defaults(), 1, Set.of());
        assertThat(end.skipped()).isSameAs(SkippedUpdates.NONE);
    }

    @Test
    void theMedianIsTheUpperOfTwoMiddles() {
        assertThat(new SkippedUpdates(0, 0, List.of(3.0, 1.0, 2.0)).medianNorm())
                .isEqualTo(2);
        assertThat(new SkippedUpdates(0, 0, List.of(4.0, 1.0, 3.0, 2.0)).medianNorm())
                .isEqualTo(3);
    }

    @Test
    void theNormOfTheParametersIsMeasuredWhenAskedFor() {
        train(5, UpdateGuard.defaults(), 1, Set.of());
        assertThat(reports.subList(0, 4)).allMatch(report -> Double.isNaN(report.parameterNorm()));
        assertThat(reports.get(4).parameterNorm()).isCloseTo(norm, within(1e-5 * norm));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new UpdateGuard(OnNan.SKIP, 0.5, 100, 10, 0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("spikeFactor must be above 1, or 0 for none");
        assertThatThrownBy(() -> new UpdateGuard(OnNan.SKIP, 0, 0, 10, 0)).hasMessageContaining("spikeWindow");
        assertThatThrownBy(() -> new UpdateGuard(OnNan.SKIP, 0, 1, 0, 0)).hasMessageContaining("maxSkippedInRow");
        assertThatThrownBy(() -> new UpdateGuard(OnNan.SKIP, 0, 1, 1, -1)).hasMessageContaining("maxSkipped");
    }
}
