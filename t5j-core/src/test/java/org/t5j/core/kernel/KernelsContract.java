package org.t5j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/**
 * What every implementation of {@link Kernels} computes: each operation against its formula, written naively in double
 * precision, over several shapes. The attention has its own contract, {@link AttentionContract}, and so have the optimizer updates, {@link UpdateContract}.
 */
abstract class KernelsContract {
    private static final double TOLERANCE = 2e-5;

    Kernels kernels;
    Backend backend;
    Arena arena;
    final Random random = new Random(7);

    abstract Kernels create();

    @BeforeEach
    void open() {
        kernels = create();
        backend = kernels.backend();
        arena = new Arena(backend);
    }

    @AfterEach
    void close() {
        arena.close();
        kernels.close();
    }

    Tensor random(int... shape) {
        Tensor tensor = arena.take(shape);
        float[] values = new float[(int) tensor.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        backend.write(tensor, values, 0);
        return tensor;
    }

    Tensor positive(int... shape) {
        Tensor tensor = random(shape);
        float[] values = backend.toArray(tensor);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]) + 0.01f;
        }
        backend.write(tensor, values, 0);
        return tensor;
    }

    float[] values(Tensor tensor) {
        return backend.toArray(tensor);
    }

    void assertClose(Tensor actual, double[] expected) {
        assertClose(values(actual), expected, TOLERANCE);
    }

    static void assertClose(float[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("element %d", i)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }

    static float[] mask(Dropout dropout, int rows, int columns) {
        float[] mask = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            dropout.maskInto(dropout.maskRow(row) * columns, columns, mask, row * columns);
        }
        if (!dropout.active()) {
            java.util.Arrays.fill(mask, 1f);
        }
        return mask;
    }

    @Test
    void multipliesMatricesTransposedScaledAndAccumulated() {
        for (boolean ta : new boolean[] {false, true}) {
            for (boolean tb : new boolean[] {false, true}) {
                int m = 5;
                int k = 7;
                int n = 33;
                Tensor a = ta ? random(k, m) : random(m, k);
                Tensor b = tb ? random(n, k) : random(k, n);
                Tensor out = random(m, n);
                float[] x = values(a);
                float[] y = values(b);
                float[] before = values(out);
                double[] expected = new double[m * n];
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        for (int l = 0; l < k; l++) {
                            sum += (double) x[ta ? l * m + i : i * k + l] * y[tb ? j * k + l : l * n + j];
                        }
                        expected[i * n + j] = 0.5 * sum + 2 * before[i * n + j];
                    }
                }
                kernels.matmul(a, ta, b, tb, 0.5f, 2f, out);
                assertClose(out, expected);
            }
        }
    }

    @Test
    void fillsCopiesAddsScalesAndSums() {
        Tensor x = random(3, 19);
        Tensor y = random(3, 19);
        Tensor z = arena.take(57);
        float[] a = values(x);
        float[] b = values(y);
        double[] expected = new double[57];
        double squares = 0;
        for (int i = 0; i < 57; i++) {
            expected[i] = 0.25 * (a[i] + b[i]);
            squares += expected[i] * expected[i];
        }
        kernels.copy(x, z);
        kernels.addInPlace(z, y);
        kernels.scaleInPlace(z, 0.25f);
        assertClose(z, expected);
        kernels.addScaled(y, -0.25f, z);
        for (int i = 0; i < 57; i++) {
            expected[i] -= 0.25 * b[i];
        }
        assertClose(z, expected);
        kernels.addScaled(y, 0.25f, z);
        assertThat(kernels.sumOfSquares(z)).isCloseTo(squares, within(1e-4));
        kernels.fill(z, -3f);
        assertThat(values(z)).containsOnly(-3f);
    }

    @Test
    void gathersRowsAndScattersGradientsOfRepeatedRows() {
        Tensor table = random(6, 5);
        IntTensor rows = arena.takeInts(new int[] {2, 0, 2, 5, 2});
        Tensor out = arena.take(5, 5);
        kernels.gatherRows(table, rows, out);
        float[] source = values(table);
        float[] gathered = values(out);
        for (int i = 0; i < 25; i++) {
            assertThat(gathered[i]).isEqualTo(source[rows.get(i / 5) * 5 + i % 5]);
        }

        Tensor gradient = random(5, 5);
        float[] g = values(gradient);
        double[] expected = new double[30];
        for (int i = 0; i < 30; i++) {
            expected[i] = source[i];
        }
        for (int i = 0; i < 25; i++) {
            expected[rows.get(i / 5) * 5 + i % 5] += g[i];
        }
        kernels.scatterAddRows(gradient, rows, table);
        assertClose(table, expected);

        IntTensor places = arena.takeInts(new int[] {4, 1, 0, 5, 3});
        for (int i = 0; i < 25; i++) {
            expected[places.get(i / 5) * 5 + i % 5] = g[i];
        }
        kernels.scatterRows(gradient, places, table);
        assertClose(table, expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 33})
    void normalisesByTheRootMeanSquareForwardAndBackward(int width) {
        int rows = 6;
        Tensor x = random(rows, width);
        Tensor weight = random(width);
        Tensor inverseRms = arena.take(rows);
        Tensor out = arena.take(rows, width);
        Tensor dOut = random(rows, width);
        Tensor dX = random(rows, width);
        Tensor dWeight = random(width);
        float[] a = values(x);
        float[] w = values(weight);
        float[] g = values(dOut);
        double[] y = new double[rows * width];
        double[] r = new double[rows];
        double[] expectedX = toDouble(values(dX));
        double[] expectedWeight = toDouble(values(dWeight));
        for (int i = 0; i < rows; i++) {
            double square = 0;
            double dot = 0;
            for (int j = 0; j < width; j++) {
                square += (double) a[i * width + j] * a[i * width + j] / width;
                dot += (double) a[i * width + j] * g[i * width + j] * w[j] / width;
            }
            r[i] = 1 / Math.sqrt(square + 1e-5);
            for (int j = 0; j < width; j++) {
                int at = i * width + j;
                y[at] = w[j] * a[at] * r[i];
                expectedX[at] += r[i] * g[at] * w[j] - a[at] * r[i] * r[i] * r[i] * dot;
                expectedWeight[j] += g[at] * a[at] * r[i];
            }
        }
        kernels.rmsNorm(x, weight, 1e-5f, inverseRms, out);
        assertClose(inverseRms, r);
        assertClose(out, y);
        kernels.rmsNormBackward(dOut, x, weight, inverseRms, dX, dWeight);
        assertClose(dX, expectedX);
        assertClose(dWeight, expectedWeight);
    }

    @Test
    void normalisationGivesTheSameInputGradientWhereTheWeightsIsNotWanted() {
        Tensor x = random(70, 9);
        Tensor dOut = random(70, 9);
        Tensor weight = random(9);
        Tensor inverseRms = arena.take(70);
        Tensor out = arena.take(70, 9);
        kernels.rmsNorm(x, weight, 1e-5f, inverseRms, out);
        Tensor wanted = random(70, 9);
        Tensor alone = arena.take(70, 9);
        kernels.copy(wanted, alone);
        kernels.rmsNormBackward(dOut, x, weight, inverseRms, wanted, random(9));
        kernels.rmsNormBackward(dOut, x, weight, inverseRms, alone, null);
        assertThat(values(alone)).isEqualTo(values(wanted));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dropsAndScalesElementsByTheMask(boolean shared) {
        int[] sequences = shared ? Sequences.of(1, 3, 2).sequenceOfRow() : null;
        Dropout dropout = new Dropout(0x1234_5678_9abcL, 0.3f, sequences);
        Tensor x = random(6, 17);
        Tensor residual = random(6, 17);
        float[] mask = mask(dropout, 6, 17);
        double[] dropped = toDouble(values(x));
        double[] sum = toDouble(values(residual));
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] *= mask[i];
            sum[i] += dropped[i];
        }
        Tensor out = arena.take(6, 17);
        kernels.dropout(x, dropout, out);
        assertClose(out, dropped);
        kernels.addDropout(residual, x, dropout, residual);
        assertClose(residual, sum);
        kernels.dropout(x, dropout, x);
        assertClose(x, dropped);
    }

    @Test
    void addsWithoutDropout() {
        Tensor x = random(2, 5);
        Tensor y = random(2, 5);
        double[] expected = toDouble(values(x));
        float[] b = values(y);
        for (int i = 0; i < 10; i++) {
            expected[i] += b[i];
        }
        Tensor out = arena.take(2, 5);
        kernels.addDropout(x, y, Dropout.NONE, out);
        assertClose(out, expected);
        kernels.dropout(x, Dropout.NONE, out);
        assertThat(values(out)).isEqualTo(values(x));
    }

    static DoubleUnaryOperator function(Activation activation) {
        return switch (activation) {
            case RELU -> x -> Math.max(x, 0);
            case GELU_TANH -> x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case SILU -> x -> x / (1 + Math.exp(-x));
        };
    }

    static double slope(Activation activation, double x) {
        DoubleUnaryOperator f = function(activation);
        return (f.applyAsDouble(x + 1e-5) - f.applyAsDouble(x - 1e-5)) / 2e-5;
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activatesForwardAndBackward(Activation activation) {
        for (float rate : new float[] {0f, 0.4f}) {
            Dropout dropout = new Dropout(99, rate, null);
            Tensor x = random(7, 21);
            Tensor dOut = random(7, 21);
            float[] a = values(x);
            float[] g = values(dOut);
            float[] mask = mask(dropout, 7, 21);
            double[] y = new double[a.length];
            double[] expected = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                y[i] = mask[i] * function(activation).applyAsDouble(a[i]);
                expected[i] = g[i] * mask[i] * slope(activation, a[i]);
            }
            Tensor out = arena.take(7, 21);
            kernels.activate(activation, x, dropout, out);
            assertClose(out, y);
            Tensor again = arena.take(7, 21);
            kernels.copy(dOut, again);
            kernels.activateBackward(activation, dOut, x, dropout, dOut);
            assertClose(dOut, expected);
            if (activation == Activation.RELU) {
                kernels.activateBackward(activation, again, out, dropout, again);
                assertClose(again, expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gatesForwardAndBackward(Activation activation) {
        for (float rate : new float[] {0f, 0.4f}) {
            Dropout dropout = new Dropout(5, rate, null);
            Tensor gate = random(7, 21);
            Tensor linear = random(7, 21);
            Tensor dOut = random(7, 21);
            float[] a = values(gate);
            float[] b = values(linear);
            float[] g = values(dOut);
            float[] mask = mask(dropout, 7, 21);
            double[] y = new double[a.length];
            double[] expectedGate = new double[a.length];
            double[] expectedLinear = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                double f = function(activation).applyAsDouble(a[i]);
                y[i] = mask[i] * f * b[i];
                expectedGate[i] = g[i] * mask[i] * slope(activation, a[i]) * b[i];
                expectedLinear[i] = g[i] * mask[i] * f;
            }
            Tensor out = arena.take(7, 21);
            kernels.gate(activation, gate, linear, dropout, out);
            assertClose(out, y);
            kernels.gateBackwardInPlace(activation, dOut, gate, linear, dropout);
            assertClose(gate, expectedGate);
            assertClose(linear, expectedLinear);
            assertClose(dOut, y);
        }
    }

    @Test
    void computesPositionBiasAndItsGradient() {
        int heads = 3;
        int distances = 20;
        Tensor table = random(8, heads);
        int[] rows = random.ints(distances, 0, 8).toArray();
        Tensor out = arena.take(heads, distances);
        IntTensor buckets = arena.takeInts(rows);
        float[] source = values(table);
        double[] bias = new double[heads * distances];
        Tensor dBias = random(heads, distances);
        Tensor dTable = random(8, heads);
        float[] g = values(dBias);
        double[] expected = toDouble(values(dTable));
        for (int h = 0; h < heads; h++) {
            for (int i = 0; i < distances; i++) {
                bias[h * distances + i] = source[rows[i] * heads + h];
                expected[rows[i] * heads + h] += g[h * distances + i];
            }
        }
        kernels.positionBias(table, buckets, out);
        assertClose(out, bias);
        kernels.positionBiasBackward(dBias, buckets, dTable);
        assertClose(dTable, expected);
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 0.1f})
    void computesCrossEntropyWithSmoothingAndZLoss(float smoothing) {
        for (float zLoss : new float[] {0f, 0.01f}) {
            int n = 6;
            int vocabulary = 37;
            Tensor logits = random(n, vocabulary);
            kernels.scaleInPlace(logits, 5f);
            float[] x = values(logits);
            int[] labels = random.ints(n, 0, vocabulary).toArray();
            double[] expected = new double[x.length];
            double loss = 0;
            double likelihood = 0;
            for (int i = 0; i < n; i++) {
                double sum = 0;
                double mean = 0;
                for (int j = 0; j < vocabulary; j++) {
                    sum += Math.exp(x[i * vocabulary + j]);
                    mean += x[i * vocabulary + j] / (double) vocabulary;
                }
                double logZ = Math.log(sum);
                likelihood += logZ - x[i * vocabulary + labels[i]];
                loss += logZ - (1 - smoothing) * x[i * vocabulary + labels[i]] - smoothing * mean + zLoss * logZ * logZ;
                for (int j = 0; j < vocabulary; j++) {
                    double p = Math.exp(x[i * vocabulary + j]) / sum;
                    double target = smoothing / vocabulary + (j == labels[i] ? 1 - smoothing : 0);
                    expected[i * vocabulary + j] = 0.5 * (p * (1 + 2 * zLoss * logZ) - target);
                }
            }
            CrossEntropy.Sums sums = kernels.crossEntropyInPlace(
                    logits, arena.takeInts(labels), new CrossEntropy(smoothing, zLoss), 0.5f);
            assertThat(sums.loss()).isCloseTo(loss, within(1e-4));
            assertThat(sums.negativeLogLikelihood()).isCloseTo(likelihood, within(1e-4));
            assertClose(logits, expected);
        }
    }

    @Test
    void survivesLogitsThatOverflowExp() {
        Tensor logits = arena.take(1, 3);
        backend.write(logits, new float[] {1000f, 998f, -1000f}, 0);
        CrossEntropy.Sums sums =
                kernels.crossEntropyInPlace(logits, arena.takeInts(new int[] {1}), CrossEntropy.PLAIN, 1f);
        double p = 1 / (1 + Math.exp(-2));
        assertThat(sums.loss()).isCloseTo(-Math.log(1 - p), within(1e-5));
        assertClose(logits, new double[] {p, -p, 0});
    }

    static double[] toDouble(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
