package org.t5j.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.core.T5Exception;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.Nd4jKernels;
import org.t5j.core.tensor.CounterRandom;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;

/** What all optimizers promise beside their numbers (which {@link OptimizerGoldenTest} covers), and clipping. */
class OptimizerTest {
    private final Kernels kernels = new Nd4jKernels(Nd4jBackend.create());

    static Stream<OptimizerConfig> optimizers() {
        return Stream.of(
                AdafactorConfig.t5x(),
                AdafactorConfig.huggingFace(),
                new AdafactorConfig(true, false, false, 4, 1, 0.8, 0, 0.9, 0.01, 1e-30, 1e-3),
                AdamWConfig.defaults());
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void goesOnBitwiseFromRestoredState(OptimizerConfig config) {
        try (ParameterSet uninterrupted = parameters();
                ParameterSet resumed = parameters();
                Optimizer first = config.create(kernels);
                Optimizer second = config.create(kernels)) {
            steps(first, uninterrupted, 0, 3);
            uninterrupted.forEach(p -> write(resumed.get(p.name()), values(p)));
            first.state().tensors().forEach((name, tensor) -> kernels.backend()
                    .write(
                            second.state().tensor(name, tensor.shape()),
                            kernels.backend().toArray(tensor),
                            0));
            second.state().setSteps(first.state().steps());
            steps(first, uninterrupted, 3, 6);
            steps(second, resumed, 3, 6);
            uninterrupted.forEach(p -> assertThat(values(resumed.get(p.name()))).isEqualTo(values(p)));
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void leavesFrozenParametersAndTheirMemoryAlone(OptimizerConfig config) {
        try (ParameterSet parameters = parameters();
                Optimizer optimizer = config.create(kernels)) {
            Parameter frozen = parameters.get("matrix");
            frozen.setTrainable(false);
            float[] before = values(frozen);
            float[] trained = values(parameters.get("vector"));
            steps(optimizer, parameters, 0, 2);
            assertThat(values(frozen)).isEqualTo(before);
            assertThat(values(parameters.get("vector"))).isNotEqualTo(trained);
            assertThat(optimizer.state().tensors().keySet()).allMatch(name -> name.startsWith("vector."));
        }
    }

    /** What is trained from the third step on changes as it would in a run that begins there, before and after a restore. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void aParameterThatIsTrainedLaterBeginsAsInARunOfItsOwn(OptimizerConfig config) {
        try (ParameterSet late = parameters();
                ParameterSet alone = parameters();
                Optimizer first = config.create(kernels);
                Optimizer second = config.create(kernels);
                Optimizer restored = config.create(kernels)) {
            boolean relative = config instanceof AdafactorConfig adafactor && adafactor.relativeStep();
            alone.get("vector").setTrainable(false);
            late.get("matrix").setTrainable(false);
            steps(first, late, 0, 3);
            assertThat(first.state().updates("matrix")).isZero();
            late.get("matrix").setTrainable(true);
            if (relative) {
                second.state().setSteps(3);
            }
            steps(first, late, 3, 5);
            steps(second, alone, 3, 5);
            assertThat(values(late.get("matrix"))).isEqualTo(values(alone.get("matrix")));
            assertThat(first.state().fewerUpdates()).isEqualTo(Map.of("matrix", 2L));

            late.get("matrix").setTrainable(false);
            steps(first, late, 5, 6);
            copyState(first, restored);
            late.get("matrix").setTrainable(true);
            steps(restored, late, 6, 8);
            steps(second, alone, 6, 8);
            assertThat(restored.state().updates("vector")).isEqualTo(8);
            assertThat(restored.state().fewerUpdates()).isEqualTo(Map.of("matrix", 4L));
            if (!relative) {
                assertThat(values(late.get("matrix"))).isEqualTo(values(alone.get("matrix")));
            }
        }
    }

    private void copyState(Optimizer from, Optimizer to) {
        from.state().tensors().forEach((name, tensor) -> kernels.backend()
                .write(
                        to.state().tensor(name, tensor.shape()),
                        kernels.backend().toArray(tensor),
                        0));
        to.state().setSteps(from.state().steps());
        from.state().fewerUpdates().forEach(to.state()::setUpdates);
    }

    @Test
    void factorsOnlyMatricesWhoseSidesAreLongEnough() {
        AdafactorConfig config = new AdafactorConfig(true, false, false, 6, 1, 0.8, 0, 0, 0, 1e-30, 1e-3);
        try (ParameterSet parameters = parameters();
                Optimizer optimizer = config.create(kernels)) {
            parameters.add("narrow", 5, 40);
            parameters.allocateGradients();
            steps(optimizer, parameters, 0, 1);
            assertThat(optimizer.state().tensors().keySet())
                    .containsExactly(
                            "matrix.exp_avg_sq_col", "matrix.exp_avg_sq_row", "narrow.exp_avg_sq", "vector.exp_avg_sq");
        }
    }

    @Test
    void relativeStepsIgnoreTheSchedule() {
        try (ParameterSet parameters = parameters();
                Optimizer optimizer = AdafactorConfig.huggingFace().create(kernels)) {
            assertThat(optimizer.learningRate(123)).isEqualTo(0.01);
            steps(optimizer, parameters, 0, 1);
            optimizer.state().setSteps(39_999);
            assertThat(optimizer.learningRate(123)).isEqualTo(0.005);
        }
    }

    @Test
    void clippingBoundsTheNormOfAllTrainableGradients() {
        try (ParameterSet parameters = parameters()) {
            write(parameters.get("matrix"), new float[48]);
            fillGradients(parameters, 0);
            double norm = GradientClipping.globalNorm(parameters, kernels);
            double expected = Math.sqrt(parameters.stream()
                    .mapToDouble(p -> sumOfSquares(kernels.backend().toArray(p.gradient())))
                    .sum());
            assertThat(norm).isCloseTo(expected, within(1e-5 * expected));

            GradientClipping.clipInPlace(parameters, kernels, norm, 2 * norm);
            assertThat(GradientClipping.globalNorm(parameters, kernels)).isEqualTo(norm);
            GradientClipping.clipInPlace(parameters, kernels, norm, 0.25);
            assertThat(GradientClipping.globalNorm(parameters, kernels)).isCloseTo(0.25, within(1e-6));

            parameters.get("matrix").setTrainable(false);
            assertThat(GradientClipping.globalNorm(parameters, kernels)).isLessThan(0.25);
        }
    }

    @Test
    void stateOfAnotherShapeIsRefused() {
        try (OptimizerState state = new OptimizerState(kernels.backend())) {
            state.tensor("p.exp_avg", 3, 4);
            assertThatThrownBy(() -> state.tensor("p.exp_avg", 4, 3))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("p.exp_avg has shape [3, 4] where [4, 3] is needed");
        }
    }

    @Test
    void settingsThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> new AdafactorConfig(true, false, true, 0, 1, 0.8, 0, 0, 0, 1e-30, 1e-3))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("warmupInit needs relativeStep: true");
        assertThatThrownBy(() -> new AdamWConfig(AdamWConfig.Form.TORCH, 1.5, 0.9, 1e-8, 0, true))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("beta1 must be at least 0 and below 1, found 1.5");
    }

    private ParameterSet parameters() {
        ParameterSet parameters = new ParameterSet(kernels.backend());
        parameters.add("matrix", 6, 8);
        parameters.add("vector", 7);
        parameters.allocateGradients();
        parameters.forEach(p -> write(p, random(p, 99)));
        return parameters;
    }

    private void steps(Optimizer optimizer, ParameterSet parameters, int from, int to) {
        for (int step = from; step < to; step++) {
            fillGradients(parameters, step);
            optimizer.step(parameters, 0.01);
        }
    }

    private void fillGradients(ParameterSet parameters, int step) {
        parameters.forEach(p -> kernels.backend().write(p.gradient(), random(p, step), 0));
    }

    private static float[] random(Parameter parameter, int step) {
        float[] values = new float[(int) parameter.value().length()];
        long key = CounterRandom.key(1, parameter.name().hashCode(), step);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) CounterRandom.normal(key, i);
        }
        return values;
    }

    private static double sumOfSquares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    private float[] values(Parameter parameter) {
        return kernels.backend().toArray(parameter.value());
    }

    private void write(Parameter parameter, float[] values) {
        kernels.backend().write(parameter.value(), values, 0);
    }
}
