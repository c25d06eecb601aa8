package org.t5j.train.average;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Model;
import org.t5j.core.tensor.Parameter;
import org.t5j.train.Fixtures;
import org.t5j.train.config.ConfigException;

/** Averages against their definitions in doubles, on weights that move at random. */
class WeightAverageTest {
    private final Random random = new Random(3);
    private T5Model model;
    private Parameter moving;
    private Parameter frozen;

    @BeforeEach
    void create() {
        model = T5Model.create(Fixtures.SHAPE, 1);
        moving = model.parameters().get("shared.weight");
        model.parameters().forEach(parameter -> parameter.setTrainable(parameter == moving));
        frozen = model.parameters().stream()
                .filter(parameter -> parameter != moving)
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private float[] values(Parameter parameter) {
        return model.backend().toArray(parameter.value());
    }

    /** The weights from the first on, moved {@code steps} times with {@code average} following. */
    private List<float[]> train(WeightAverage average, int steps) {
        List<float[]> weights = new ArrayList<>(List.of(values(moving)));
        for (int step = 0; step < steps; step++) {
            average.prepare(step);
            float[] next = weights.get(step).clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += (float) (0.1 * random.nextGaussian());
            }
            model.backend().write(moving.value(), next, 0);
            average.follow(step + 1);
            weights.add(next);
        }
        return weights;
    }

    private static void assertMean(float[] average, List<float[]> weights, IntToDoubleFunction share) {
        for (int i = 0; i < average.length; i++) {
            double expected = 0;
            double sum = 0;
            for (int step = 0; step < weights.size(); step++) {
                expected += share.applyAsDouble(step) * weights.get(step)[i];
                sum += share.applyAsDouble(step);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            assertThat((double) average[i]).isCloseTo(expected, within(2e-6));
        }
    }

    private float[] shown(WeightAverage average) {
        float[] trained = values(moving);
        average.exchange();
        float[] shown = values(moving);
        average.exchange();
        assertThat(values(moving)).isEqualTo(trained);
        return shown;
    }

    @Test
    void theExponentialAverageForgetsByItsDecay() {
        try (WeightAverage average =
                new WeightAverage(new EmaConfig(0.9, false), model.parameters(), model.kernels())) {
            List<float[]> weights = train(average, 30);
            assertMean(shown(average), weights, step -> step == 0 ? Math.pow(0.9, 30) : 0.1 * Math.pow(0.9, 30 - step));
        }
    }

    @Test
    void warmUpForgetsTheFirstWeightsSooner() {
        EmaConfig config = new EmaConfig(0.9, true);
        try (WeightAverage average = new WeightAverage(config, model.parameters(), model.kernels())) {
            List<float[]> weights = train(average, 12);
            assertThat(config.share(1)).isCloseTo(9.0 / 11, within(1e-12));
            assertThat(config.share(1000)).isCloseTo(0.1, within(1e-12));
            assertMean(shown(average), weights, step -> {
                double share = step == 0 ? 1 : config.share(step);
                for (int later = step + 1; later <= 12; later++) {
                    share *= 1 - config.share(later);
                }
                return share;
            });
        }
    }

    @Test
    void theUniformAverageIsTheMeanOfWhatItTakesIn() {
        try (WeightAverage average = new WeightAverage(new UniformConfig(4, 3), model.parameters(), model.kernels())) {
            List<float[]> weights = train(average, 4);
            assertThat(average.tensors()).isEmpty();
            assertThat(shown(average)).isEqualTo(weights.get(4));
        }
        model.close();
        create();
        try (WeightAverage average = new WeightAverage(new UniformConfig(4, 3), model.parameters(), model.kernels())) {
            List<float[]> weights = train(average, 12);
            assertMean(shown(average), weights, step -> List.of(4, 7, 10).contains(step) ? 1.0 / 3 : 0);
        }
    }

    @Test
    void frozenParametersHaveNoCopyUntilTheyAreTrained() {
        try (WeightAverage average =
                new WeightAverage(new EmaConfig(0.5, false), model.parameters(), model.kernels())) {
            train(average, 2);
            assertThat(average.tensors()).containsOnlyKeys(moving.name());
            frozen.setTrainable(true);
            average.prepare(2);
            assertThat(average.tensors()).containsOnlyKeys(moving.name(), frozen.name());
            float[] first = values(frozen);
            float[] next = new float[first.length];
            model.backend().write(frozen.value(), next, 0);
            average.follow(3);
            float[] averaged = model.backend().toArray(average.tensor(frozen.name()));
            for (int i = 0; i < first.length; i++) {
                assertThat(averaged[i]).isEqualTo(0.5f * first[i]);
            }
        }
    }

    @Test
    void closingGivesTheMemoryBack() {
        long before = model.backend().allocatedBytes();
        WeightAverage average = new WeightAverage(new EmaConfig(0.5, false), model.parameters(), model.kernels());
        train(average, 1);
        average.exchange();
        assertThat(model.backend().allocatedBytes()).isGreaterThan(before);
        average.close();
        assertThat(model.backend().allocatedBytes()).isEqualTo(before);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new EmaConfig(1, true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("decay must be above 0 and below 1");
        assertThatThrownBy(() -> new UniformConfig(-1, 1)).hasMessageContaining("startStep must not be negative");
        assertThatThrownBy(() -> new UniformConfig(0, 0)).hasMessageContaining("everySteps must be at least 1");
    }
}
