package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.Nd4jKernels;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Parameter;

/** Packed rows learn what their examples teach each by itself, and nothing leaks from one to another. */
class PackingTest {
    private static final int[][] INPUTS = {{5, 9, 7, 1}, {1}, {11, 3, 0, 4, 1}, {6, 1}, {8, 8, 12, 1}};
    private static final int[][] TARGETS = {{4, 1}, {13, 6, 1}, {7, 1}, {2, 3, 4, 1}, {1}};

    /** Examples 0 to 2 in the first row, 3 and 4 in the second. */
    private static final int[][] ROWS = {{0, 1, 2}, {3, 4}};

    private static T5Config config(boolean v11) {
        FeedForwardType type = v11 ? FeedForwardType.GATED_GELU : FeedForwardType.RELU;
        return new T5Config(19, 8, 3, 12, 2, 2, 2, 8, 16, 0f, 1e-6f, 1f, type, !v11, !v11, 0, 1, 0);
    }

    static Kernels kernels(String name) {
        Nd4jBackend backend = Nd4jBackend.create();
        return name.equals("cpu") ? new CpuKernels(backend) : new Nd4jKernels(backend);
    }

    static T5Batch packed(T5Config config) {
        return packed(config, INPUTS, TARGETS, ROWS);
    }

    private static T5Batch packed(T5Config config, int[][] inputs, int[][] targets, int[][] rows) {
        int inputLength = 12;
        int targetLength = 9;
        int[] inputIds = new int[rows.length * inputLength];
        int[] inputSegments = new int[inputIds.length];
        int[] labels = new int[rows.length * targetLength];
        int[] targetSegments = new int[labels.length];
        Arrays.fill(labels, T5Batch.NO_TARGET);
        for (int row = 0; row < rows.length; row++) {
            int i = row * inputLength;
            int t = row * targetLength;
            for (int segment = 1; segment <= rows[row].length; segment++) {
                for (int id : inputs[rows[row][segment - 1]]) {
                    inputIds[i] = id;
                    inputSegments[i++] = segment;
                }
                for (int id : targets[rows[row][segment - 1]]) {
                    labels[t] = id;
                    targetSegments[t++] = segment;
                }
            }
        }
        return T5Batch.of(
                config, rows.length, inputLength, targetLength, inputIds, labels, inputSegments, targetSegments);
    }

    static T5Batch unpacked(T5Config config) {
        int[] inputIds = new int[5 * 6];
        int[] labels = new int[5 * 7];
        Arrays.fill(labels, T5Batch.NO_TARGET);
        for (int row = 0; row < 5; row++) {
            System.arraycopy(INPUTS[row], 0, inputIds, row * 6, INPUTS[row].length);
            System.arraycopy(TARGETS[row], 0, labels, row * 7, TARGETS[row].length);
        }
        return T5Batch.of(config, 5, 6, 7, inputIds, labels);
    }

    record Learned(double loss, Map<String, float[]> gradients) {}

    static Learned learn(T5Model model, T5Batch batch, float dropout, boolean overLength) {
        model.zeroGradients();
        StepOptions options =
                new StepOptions(dropout, overLength, 11, 3, 0, new CrossEntropy(0.1f, 0.01f), 1f / batch.targets());
        double loss = model.forwardBackward(batch, options).loss();
        Map<String, float[]> gradients = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters()) {
            gradients.put(parameter.name(), model.backend().toArray(parameter.gradient()));
        }
        return new Learned(loss, gradients);
    }

    private static double norm(float[] values) {
        return Math.sqrt(IntStream.range(0, values.length)
                .mapToDouble(i -> (double) values[i] * values[i])
                .sum());
    }

    static void assertEqual(Learned found, Learned expected) {
        assertThat(found.loss).isCloseTo(expected.loss, within(1e-5 * expected.loss));
        expected.gradients.forEach((name, gradient) -> {
            float[] difference = found.gradients.get(name).clone();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= gradient[i];
            }
            assertThat(norm(gradient)).as("gradient of %s", name).isGreaterThan(0);
            assertThat(norm(difference)).as("gradient of %s", name).isLessThanOrEqualTo(1e-5 * norm(gradient));
        });
    }

    @ParameterizedTest
    @CsvSource({"cpu, false", "cpu, true", "nd4j, false", "nd4j, true"})
    void lossAndEveryGradientAreThoseOfTheUnpackedExamples(String kernels, boolean v11) {
        T5Config config = config(v11);
        try (T5Model model = T5Model.create(config, 5, kernels(kernels))) {
            Learned expected = learn(model, unpacked(config), 0, false);
            assertEqual(learn(model, packed(config, INPUTS, TARGETS, ROWS), 0, false), expected);
            assertEqual(
                    learn(model, packed(config, INPUTS, TARGETS, new int[][] {{4, 2}, {1}, {0, 3}}), 0, false),
                    expected);
        }
    }

    /** Dropout masks are numbered by sequence and token, so the same order of sequences has the same masks. */
    @ParameterizedTest
    @CsvSource({"cpu, false", "cpu, true", "nd4j, false", "nd4j, true"})
    void dropoutIsThatOfTheUnpackedExamplesInTheSameOrder(String kernels, boolean overLength) {
        T5Config config = config(true);
        try (T5Model model = T5Model.create(config, 5, kernels(kernels))) {
            Learned expected = learn(model, unpacked(config), 0.2f, overLength);
            assertEqual(learn(model, packed(config, INPUTS, TARGETS, ROWS), 0.2f, overLength), expected);
            assertThat(expected.loss).isNotEqualTo(learn(model, unpacked(config), 0, false).loss);
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu, false", "cpu, true", "nd4j, false", "nd4j, true"})
    void lossAndEverySlopeAreThoseOfBlockDiagonalMasksOverWholeRows(String kernels, boolean v11) {
        T5Config config = config(v11);
        T5Batch batch = packed(config, INPUTS, TARGETS, ROWS);
        try (T5Model model = T5Model.create(config, 5, kernels(kernels))) {
            NaiveT5 naive = new NaiveT5(model);
            model.zeroGradients();
            double loss = model.forwardBackward(batch, new StepOptions(0, false, 0, 0, 0, CrossEntropy.PLAIN, 1f))
                    .loss();
            double expected = naive.loss(batch);
            assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
            for (Parameter parameter : model.parameters()) {
                assertSlope(naive, batch, parameter, model.backend().toArray(parameter.gradient()));
            }
        }
    }

    /** The slope of the naive loss along a direction near the gradient and along a random one. */
    static void assertSlope(NaiveT5 naive, T5Batch batch, Parameter parameter, float[] gradient) {
        double[] weight = naive.weights.get(parameter.name());
        double[] before = weight.clone();
        double norm = norm(gradient);
        Random random = new Random(parameter.name().hashCode());
        for (int trial = 0; trial < 2; trial++) {
            double[] direction = new double[weight.length];
            double predicted = 0;
            for (int i = 0; i < direction.length; i++) {
                direction[i] = trial == 0 ? gradient[i] / norm : random.nextGaussian() / Math.sqrt(weight.length);
                predicted += direction[i] * gradient[i];
            }
            double[] loss = new double[2];
            double step = 1e-6;
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < weight.length; i++) {
                    weight[i] = before[i] + (side == 0 ? step : -step) * direction[i];
                }
                loss[side] = naive.loss(batch);
            }
            System.arraycopy(before, 0, weight, 0, weight.length);
            assertThat((loss[0] - loss[1]) / (2 * step))
                    .as("slope of %s", parameter.name())
                    .isCloseTo(predicted, within(1e-5 * norm));
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu", "nd4j"})
    void theTokensOfASegmentChangeNothingInAnother(String kernels) {
        T5Config config = config(true);
        int[] segments = {1, 1, 1, 2, 2, 2};
        int[] onlySecond = {-100, -100, -100, 9, 4, 1};
        int[] mask = {1, 1, 1, 1, 1, 1};
        T5Batch one = new T5Batch(
                1,
                6,
                6,
                new int[] {5, 6, 1, 7, 8, 1},
                mask,
                new int[] {0, 3, 2, 0, 9, 4},
                null,
                onlySecond,
                segments,
                segments);
        T5Batch other = new T5Batch(
                1,
                6,
                6,
                new int[] {14, 15, 16, 7, 8, 1},
                mask,
                new int[] {17, 18, 14, 0, 9, 4},
                null,
                onlySecond,
                segments,
                segments);
        T5Batch unpacked = new T5Batch(1, 6, 6, one.inputIds(), mask, one.decoderInputIds(), null, onlySecond);
        try (T5Model model = T5Model.create(config, 5, kernels(kernels))) {
            Learned learned = learn(model, one, 0.1f, false);
            Learned changed = learn(model, other, 0.1f, false);
            assertThat(changed.loss).isEqualTo(learned.loss);
            learned.gradients.forEach((name, gradient) ->
                    assertThat(changed.gradients.get(name)).as(name).isEqualTo(gradient));
            float[] embedding = changed.gradients.get("shared.weight");
            assertThat(Arrays.copyOfRange(embedding, 14 * 8, 19 * 8)).containsOnly(0f);
            assertThat(model.evaluateLoss(other)).isEqualTo(model.evaluateLoss(one));
            assertThat(model.evaluateLoss(unpacked)).isNotEqualTo(model.evaluateLoss(one));
        }
    }

    @Test
    void everySegmentIsShiftedRightByItself() {
        T5Config config =
                new T5ConfigBuilder(config(false)).decoderStartTokenId(17).build();
        T5Batch batch = packed(config, INPUTS, TARGETS, ROWS);
        assertThat(batch.decoderInputIds()).containsExactly(17, 4, 17, 13, 6, 17, 7, 1, 0, 17, 2, 3, 4, 17, 1, 0, 0, 0);
        assertThat(batch.attentionMask())
                .containsExactly(1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
        assertThat(batch.packed()).isTrue();
        assertThat(unpacked(config).packed()).isFalse();
    }

    private static T5Batch segments(int[] inputs, int[] targets) {
        int[] ids = Arrays.stream(inputs).map(segment -> segment == 0 ? 0 : 5).toArray();
        int[] labels =
                Arrays.stream(targets).map(segment -> segment == 0 ? -100 : 5).toArray();
        return T5Batch.of(config(false), 1, inputs.length, targets.length, ids, labels, inputs, targets);
    }

    @Test
    void segmentsThatAreNotOneAfterTheOtherAreRefused() {
        int[] good = {1, 1, 2, 0};
        List<int[]> bad = new ArrayList<>(List.of(
                new int[] {0, 1, 2, 0},
                new int[] {1, 0, 2, 0},
                new int[] {1, 3, 3, 0},
                new int[] {1, 2, 1, 0},
                new int[] {2, 2, 3, 0},
                new int[] {1, 2, -1, 0}));
        for (int[] segments : bad) {
            assertThatThrownBy(() -> segments(segments, good))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("one after the other")
                    .hasMessageContaining("inputSegments has")
                    .hasMessageContaining("of row 0");
            assertThatThrownBy(() -> segments(good, segments)).hasMessageContaining("targetSegments has");
        }
        assertThatThrownBy(() -> segments(good, new int[] {1, 1, 1, 0}))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("row 0 has 2 segments in inputSegments and 1 in targetSegments");
    }

    @Test
    void tokensOutsideOfEverySegmentAreRefused() {
        T5Config config = config(false);
        int[] segments = {1, 0};
        assertThatThrownBy(() -> T5Batch.of(config, 1, 2, 2, new int[] {5, 6}, new int[] {5, -100}, segments, segments))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Position 1 of row 0 belongs to no segment and needs 0 in attentionMask");
        assertThatThrownBy(() -> T5Batch.of(config, 1, 2, 2, new int[] {5, 0}, new int[] {5, 6}, segments, segments))
                .hasMessageContaining("needs -100 in labels, found 6");
        assertThatThrownBy(() -> T5Batch.of(config, 1, 2, 2, new int[] {5, 0}, new int[] {5, -100}, segments, null))
                .hasMessageContaining("found only inputSegments");
        assertThatThrownBy(
                        () -> T5Batch.of(config, 1, 2, 2, new int[] {5, 0}, new int[] {5, -100}, segments, new int[3]))
                .hasMessageContaining("2 values in targetSegments, found 3");
    }

    @Test
    void activationsOfPackedRowsAreRefused() {
        try (T5Model model = T5Model.create(config(false), 5)) {
            assertThatThrownBy(() -> model.activations(segments(new int[] {1, 2}, new int[] {1, 2})))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("packed");
        }
    }
}
