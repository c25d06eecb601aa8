package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.Dropout;

/** What every implementation of {@link Lanes} computes for activations and dropout. */
abstract class ActivationLanesContract extends LanesContract {
    private static final int[] LENGTHS = {0, 1, 15, 16, 17, 31, 64, 114, 1000, 5000};
    private static final Dropout[] DROPOUTS = {Dropout.NONE, new Dropout(0xFEDCBA9876543210L, 0.1f, null)};

    @Lengths
    void dropsOutWhatTheMaskSays(int n) {
        for (float rate : new float[] {1e-7f, 0.1f, 0.5f, 0.999f}) {
            for (long key : new long[] {0, -1, 0x123456789ABCDEFL, 0x8000000080000000L}) {
                Dropout dropout = new Dropout(key, rate, null);
                float[] ones = new float[n];
                Arrays.fill(ones, 1f);
                Run x = of(ones);
                lanes.dropout(x.memory, x.at, 1, x.memory, x.at, n, dropout, 3 * n);
                float[] mask = new float[n];
                dropout.maskInto(3 * n, n, mask, 0);
                assertThat(x.now()).isEqualTo(mask);
            }
        }
    }

    @Lengths
    void dropsOut(int n) {
        for (Dropout dropout : DROPOUTS) {
            float[] mask = mask(dropout, n);
            Run residual = random(n);
            Run x = random(n);
            Run out = random(n);
            lanes.dropout(x.memory, x.at, 3f, out.memory, out.at, n, dropout, n);
            out.holds(i -> 3.0 * mask[i] * x.before[i], TOLERANCE);
            lanes.addDropout(residual.memory, residual.at, x.memory, x.at, out.memory, out.at, n, dropout, n);
            out.holds(i -> residual.before[i] + (double) mask[i] * x.before[i], TOLERANCE);
            lanes.addDropout(residual.memory, residual.at, x.memory, x.at, x.memory, x.at, n, dropout, n);
            x.holds(i -> residual.before[i] + (double) mask[i] * x.before[i], TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activates(Activation f) {
        for (int n : LENGTHS) {
            for (Dropout dropout : DROPOUTS) {
                float[] mask = mask(dropout, n);
                Run x = random(n);
                Run out = random(n);
                Run gradient = random(n);
                lanes.activate(f, x.memory, x.at, out.memory, out.at, n, dropout, n);
                out.holds(i -> mask[i] * value(f, x.before[i]), TOLERANCE);
                lanes.activateBackward(
                        f, gradient.memory, gradient.at, x.memory, x.at, out.memory, out.at, n, dropout, n);
                out.holds(i -> gradient.before[i] * mask[i] * slope(f, x.before[i]), TOLERANCE);
                lanes.activateBackward(
                        f, gradient.memory, gradient.at, x.memory, x.at, gradient.memory, gradient.at, n, dropout, n);
                gradient.holds(i -> gradient.before[i] * mask[i] * slope(f, x.before[i]), TOLERANCE);
                lanes.activate(f, x.memory, x.at, x.memory, x.at, n, dropout, n);
                x.holds(i -> mask[i] * value(f, x.before[i]), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gates(Activation f) {
        for (int n : LENGTHS) {
            for (Dropout dropout : DROPOUTS) {
                float[] mask = mask(dropout, n);
                Run x = random(n);
                Run y = random(n);
                Run d = random(n);
                Run out = random(n);
                lanes.gate(f, x.memory, x.at, y.memory, y.at, out.memory, out.at, n, dropout, n);
                out.holds(i -> mask[i] * value(f, x.before[i]) * y.before[i], TOLERANCE);
                lanes.gateBackwardInPlace(f, d.memory, d.at, x.memory, x.at, y.memory, y.at, n, dropout, n);
                x.holds(i -> d.before[i] * mask[i] * slope(f, x.before[i]) * y.before[i], TOLERANCE);
                y.holds(i -> d.before[i] * mask[i] * value(f, x.before[i]), TOLERANCE);
                d.holds(i -> mask[i] * value(f, x.before[i]) * y.before[i], TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsAreRightFarFromZero(Activation f) {
        float[] values = new float[24001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i - 12000) / 100f;
        }
        values[0] = -1e20f;
        values[1] = 1e20f;
        values[2] = -1e38f;
        values[3] = 1e38f;
        Run x = of(values);
        Run out = random(values.length);
        lanes.activate(f, x.memory, x.at, out.memory, out.at, values.length, Dropout.NONE, 0);
        out.holds(i -> value(f, values[i]), TOLERANCE);
        float[] ones = new float[values.length];
        Arrays.fill(ones, 1f);
        Run gradient = of(ones);
        lanes.activateBackward(
                f, gradient.memory, gradient.at, x.memory, x.at, out.memory, out.at, values.length, Dropout.NONE, 0);
        out.holds(i -> slope(f, values[i]), TOLERANCE);
    }

    @Test
    void activationsOfNanAreNan() {
        for (Activation f : Activation.values()) {
            for (int bits : new int[] {0x7FC00000, 0xFFC00000, 0x7FC00001, 0xFFC001FF}) {
                float[] values = new float[20];
                values[2] = Float.intBitsToFloat(bits);
                values[19] = Float.intBitsToFloat(bits);
                Run x = of(values);
                lanes.activate(f, x.memory, x.at, x.memory, x.at, values.length, Dropout.NONE, 0);
                assertThat(x.now()[2]).isNaN();
                assertThat(x.now()[19]).isNaN();
                assertThat(x.now()[3]).isZero();
            }
        }
    }

    /** The second row of a mask. */
    private static float[] mask(Dropout dropout, int n) {
        float[] mask = new float[n];
        Arrays.fill(mask, 1f);
        if (dropout.active()) {
            dropout.maskInto(n, n, mask, 0);
        }
        return mask;
    }

    private static double value(Activation f, double x) {
        return switch (f) {
            case RELU -> Math.max(x, 0);
            case GELU_TANH -> 0.5 * x * (1 + Math.tanh(argument(x)));
            case SILU -> x / (1 + Math.exp(-x));
        };
    }

    private static double slope(Activation f, double x) {
        switch (f) {
            case RELU:
                return x > 0 ? 1 : 0;
            case GELU_TANH:
                double tanh = Math.tanh(argument(x));
                double inner = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
                return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh * tanh) * inner;
            default:
                double sigmoid = 1 / (1 + Math.exp(-x));
                return sigmoid * (1 + x * (1 - sigmoid));
        }
    }

    private static double argument(double x) {
        return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    }
}
