package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Nd4jBackend;

/**
 * What every implementation of {@link Lanes} computes, against the formulas in double precision, for runs of any length
 * that start anywhere. Activations and dropout have their own contract, {@link ActivationLanesContract}.
 */
abstract class LanesContract {
    static final double TOLERANCE = 3e-6;

    final Random random = new Random(11);
    Lanes lanes;
    private Backend backend;
    private final List<Run> runs = new ArrayList<>();

    abstract Lanes create();

    @BeforeEach
    void open() {
        backend = Nd4jBackend.create();
        lanes = create();
    }

    @AfterEach
    void close() {
        runs.forEach(Run::free);
    }

    Run of(float... values) {
        Run run = new Run(backend, values);
        runs.add(run);
        return run;
    }

    Run random(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return of(values);
    }

    Run positive(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 0.01f + random.nextFloat();
        }
        return of(values);
    }

    // ---- algebra -----------------------------------------------------------------------------------------------

    @Lengths
    void fillsAndCopies(int n) {
        Run x = random(n);
        Run y = random(n);
        lanes.copy(x.memory, x.at, y.memory, y.at, n);
        lanes.fill(x.memory, x.at, n, 2.5f);
        x.holds(i -> 2.5, 0);
        y.holds(i -> x.before[i], 0);
    }

    @Lengths
    void adds(int n) {
        Run x = random(n);
        Run y = random(n);
        lanes.add(x.memory, x.at, y.memory, y.at, n);
        x.holds(i -> x.before[i] + y.before[i], TOLERANCE);
        y.holds(i -> y.before[i], 0);
        x.reset();
        lanes.addScaled(x.memory, x.at, -3f, y.memory, y.at, n);
        x.holds(i -> x.before[i] - 3.0 * y.before[i], TOLERANCE);
        x.reset();
        lanes.scaleAdd(x.memory, x.at, n, 2f, 0.5f);
        x.holds(i -> 2.0 * x.before[i] + 0.5, TOLERANCE);
    }

    @Lengths
    void sums(int n) {
        Run x = random(n);
        Run y = random(n);
        double squares = 0;
        double sum = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            squares += (double) x.before[i] * x.before[i];
            sum += x.before[i];
            product += (double) x.before[i] * y.before[i];
        }
        assertThat(lanes.sumOfSquares(x.memory, x.at, n)).isCloseTo(squares, within(1e-6 * (1 + squares)));
        assertThat(lanes.sum(x.memory, x.at, n)).isCloseTo(sum, within(1e-6 * (1 + n)));
        assertThat((double) lanes.dot(x.memory, x.at, y.memory, y.at, n)).isCloseTo(product, within(1e-6 * (1 + n)));
    }

    @Test
    void longSumsAreMadeOfShortOnes() {
        int n = 1 << 22;
        float[] ones = new float[n];
        Arrays.fill(ones, 1.1f);
        Run x = of(ones);
        assertThat(lanes.sum(x.memory, x.at, n)).isCloseTo(n * (double) 1.1f, within(n * 1e-5));
        assertThat(lanes.sumOfSquares(x.memory, x.at, n)).isCloseTo(n * 1.21, within(n * 1e-5));
    }

    @Lengths
    void findsTheMaximumAnywhere(int n) {
        Run x = random(n);
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x.before[i]);
        }
        assertThat(lanes.max(x.memory, x.at, n)).isEqualTo(max);
        for (int place = 0; place < n; place += 1 + n / 37) {
            for (float special : new float[] {Float.NaN, Float.intBitsToFloat(0xFFC00001), Float.POSITIVE_INFINITY}) {
                float[] values = x.before.clone();
                values[place] = special;
                Run y = of(values);
                float found = lanes.max(y.memory, y.at, n);
                assertThat(Float.compare(found, special))
                        .as("%s for %s at %d", found, special, place)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 31, 64, 80, 200, 2500})
    void worksOnChosenRows(int k) {
        for (int n : new int[] {1, 2, 3, 4, 5, 9, 130}) {
            int stride = k + 3;
            int[] rows = random.ints(n + 2, 0, 20).toArray();
            Run x = random(k);
            Run w = random(20 * stride);
            Run products = random(n);
            lanes.dotRows(x.memory, x.at, w.memory, w.at + 2, stride, rows, 2, n, k, products.memory, products.at);
            products.holds(
                    j -> {
                        double sum = 0;
                        for (int l = 0; l < k; l++) {
                            sum += (double) x.before[l] * w.before[2 + rows[2 + j] * stride + l];
                        }
                        return sum;
                    },
                    1e-5 * Math.sqrt(k));
            Run factors = random(n);
            Run sums = random(k);
            lanes.sumRows(factors.memory, factors.at, w.memory, w.at + 2, stride, rows, 2, n, k, sums.memory, sums.at);
            sums.holds(
                    l -> {
                        double sum = 0;
                        for (int j = 0; j < n; j++) {
                            sum += (double) factors.before[j] * w.before[2 + rows[2 + j] * stride + l];
                        }
                        return sum;
                    },
                    1e-5 * Math.sqrt(n));
        }
    }

    // ---- normalisation -----------------------------------------------------------------------------------------

    @Lengths
    void normalises(int n) {
        Run x = random(n);
        Run weight = random(n);
        Run out = random(n);
        lanes.rmsNorm(x.memory, x.at, weight.memory, weight.at, 0.7f, out.memory, out.at, n);
        out.holds(i -> 0.7 * x.before[i] * weight.before[i], TOLERANCE);
    }

    @Lengths
    void normalisesBackward(int n) {
        Run dOut = random(n);
        Run x = random(n);
        Run weight = random(n);
        Run target = random(n);
        double expected = 0;
        for (int i = 0; i < n; i++) {
            expected += (double) dOut.before[i] * weight.before[i] * x.before[i];
        }
        double sum = lanes.rmsNormWeightGradient(
                dOut.memory, dOut.at, x.memory, x.at, weight.memory, weight.at, 0.7f, target.memory, target.at, n);
        assertThat(sum).isCloseTo(expected, within(1e-6 * (1 + n)));
        target.holds(i -> target.before[i] + 0.7 * dOut.before[i] * x.before[i], TOLERANCE);
        target.reset();
        lanes.rmsNormInputGradient(
                dOut.memory,
                dOut.at,
                x.memory,
                x.at,
                weight.memory,
                weight.at,
                0.7f,
                0.3f,
                target.memory,
                target.at,
                n);
        target.holds(i -> target.before[i] + 0.7 * dOut.before[i] * weight.before[i] - 0.3 * x.before[i], TOLERANCE);
    }

    // ---- softmax -----------------------------------------------------------------------------------------------

    @Lengths
    void addsAndFindsTheMaximum(int n) {
        Run x = random(n);
        Run a = random(n);
        Run b = random(n);
        for (int which = 0; which < 4; which++) {
            boolean withA = which % 2 == 1;
            boolean withB = which > 1;
            x.reset();
            float max = lanes.addMax(
                    x.memory,
                    x.at,
                    withA ? a.memory : null,
                    withA ? a.at : 0,
                    withB ? b.memory : null,
                    withB ? b.at : 0,
                    n);
            x.holds(i -> x.before[i] + (withA ? a.before[i] : 0.0) + (withB ? b.before[i] : 0.0), TOLERANCE);
            float expected = Float.NEGATIVE_INFINITY;
            for (float value : x.now()) {
                expected = Math.max(expected, value);
            }
            assertThat(max).isEqualTo(expected);
        }
    }

    @Lengths
    void exponentiates(int n) {
        Run x = random(n);
        Run a = random(n);
        Run b = random(n);
        double expected = 0;
        for (int i = 0; i < n; i++) {
            expected += Math.exp(x.before[i] - 5.0);
        }
        assertThat(lanes.expSum(x.memory, x.at, n, 5f)).isCloseTo(expected, within(2e-6 * expected));
        x.holds(i -> Math.exp(x.before[i] - 5.0), 1e-7);
        x.reset();
        lanes.expScaled(x.memory, x.at, a.memory, a.at, null, 0, n, 12f, 0.25f);
        x.holds(i -> 0.25 * Math.exp(x.before[i] + (double) a.before[i] - 12), 1e-7);
        x.reset();
        lanes.expScaled(x.memory, x.at, a.memory, a.at, b.memory, b.at, n, 12f, 2f);
        x.holds(i -> 2 * Math.exp(x.before[i] + (double) a.before[i] + b.before[i] - 12), 1e-7);
    }

    @Test
    void exponentialsAreRelativelyPrecise() {
        float[] values = new float[7901];
        for (int i = 0; i < values.length; i++) {
            values[i] = -i / 100f;
        }
        Run x = of(values);
        lanes.expSum(x.memory, x.at, values.length, 0f);
        float[] results = x.now();
        for (int i = 0; i < values.length; i++) {
            double exact = Math.exp(values[i]);
            double allowed = exact > 1e-25 ? expTolerance(values[i]) * exact : exact;
            assertThat((double) results[i]).as("exp(%s)", values[i]).isCloseTo(exact, within(allowed));
        }
    }

    /** Relative error of the exponential at {@code x <= 0}. */
    abstract double expTolerance(float x);

    @Test
    void exponentialsOfTheVerySmallAreZero() {
        float[] values = new float[40];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[] {-1e3f, -1e9f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY}[i % 4];
        }
        Run x = of(values);
        assertThat(lanes.expSum(x.memory, x.at, values.length, 0f)).isZero();
        x.holds(i -> 0, 0);
    }

    @Test
    void exponentialsOfNanAreNan() {
        for (int bits : new int[] {0x7FC00000, 0xFFC00000, 0x7FC00001, 0xFFC001FF}) {
            float[] values = new float[20];
            values[1] = Float.intBitsToFloat(bits);
            values[18] = Float.intBitsToFloat(bits);
            Run x = of(values);
            assertThat(lanes.expSum(x.memory, x.at, values.length, 0f)).isNaN();
            assertThat(x.now()[1]).isNaN();
            assertThat(x.now()[18]).isNaN();
            assertThat(x.now()[2]).isEqualTo(1f);
        }
    }

    @Lengths
    void softmaxBackward(int n) {
        for (Dropout dropout : new Dropout[] {Dropout.NONE, new Dropout(0x123456789ABCDEFL, 0.3f, null)}) {
            Run p = positive(n);
            Run g = random(n);
            float[] mask = new float[2 * n];
            Arrays.fill(mask, 1f);
            if (dropout.active()) {
                dropout.maskInto(0, 2 * n, mask, 0);
            }
            lanes.softmaxBackward(p.memory, p.at, g.memory, g.at, n, 0.4f, dropout, n);
            g.holds(i -> p.before[i] * ((double) mask[n + i] * g.before[i] - 0.4f), TOLERANCE);
            p.holds(i -> (double) mask[n + i] * p.before[i], TOLERANCE);
        }
    }

    // ---- optimizers --------------------------------------------------------------------------------------------

    @Lengths
    void adam(int n) {
        Run p = random(n);
        Run g = random(n);
        Run m = random(n);
        Run v = positive(n);
        AdamStep step = new AdamStep(0.01f, 0.9, 0.999, 1.5f, 1e-6f, 0.1f, 0.2f);
        lanes.adam(p.memory, p.at, g.memory, g.at, m.memory, m.at, v.memory, v.at, n, step);
        m.holds(i -> 0.9 * m.before[i] + 0.1 * g.before[i], TOLERANCE);
        v.holds(i -> 0.999 * v.before[i] + 0.001 * g.before[i] * g.before[i], TOLERANCE);
        p.holds(
                i -> {
                    double m1 = 0.9 * m.before[i] + 0.1 * g.before[i];
                    double m2 = 0.999 * v.before[i] + 0.001 * g.before[i] * g.before[i];
                    return (0.9 * p.before[i] - 0.01 * m1 / (Math.sqrt(m2) * 1.5 + 1e-6)) * 0.8;
                },
                TOLERANCE);
    }

    @Lengths
    void addsSquares(int n) {
        Run g = random(n);
        Run sums = random(n);
        double expected = 0;
        double scaled = 0;
        for (int i = 0; i < n; i++) {
            double product = (double) g.before[i] * sums.before[i];
            expected += (double) g.before[i] * g.before[i] + 0.125;
            scaled += product * product;
        }
        double total = lanes.sumOfScaledSquares(g.memory, g.at, sums.memory, sums.at, n);
        assertThat(total).isCloseTo(scaled, within(1e-6 * (1 + scaled)));
        total = lanes.addSquares(g.memory, g.at, 0.125f, sums.memory, sums.at, n);
        assertThat(total).isCloseTo(expected, within(1e-6 * (1 + expected)));
        sums.holds(i -> sums.before[i] + (double) g.before[i] * g.before[i] + 0.125, TOLERANCE);
    }

    @Lengths
    void descends(int n) {
        Run p = random(n);
        Run g = random(n);
        Run scale = positive(n);
        Run moment = random(n);
        lanes.descend(p.memory, p.at, 0.9f, 0.5f, g.memory, g.at, scale.memory, scale.at, n);
        p.holds(i -> 0.9 * p.before[i] - 0.5 * g.before[i] * scale.before[i], TOLERANCE);
        p.reset();
        lanes.descendWithMoment(
                p.memory, p.at, 0.9f, 0.5f, g.memory, g.at, scale.memory, scale.at, moment.memory, moment.at, 0.8, n);
        moment.holds(i -> 0.8 * moment.before[i] + 0.2 * 0.5 * g.before[i] * scale.before[i], TOLERANCE);
        p.holds(i -> 0.9 * p.before[i] - 0.8 * moment.before[i] - 0.2 * 0.5 * g.before[i] * scale.before[i], TOLERANCE);
    }

    @Lengths
    void updatesTheSecondMoment(int n) {
        Run v = positive(n);
        Run g = random(n);
        Run out = random(n);
        double expected = 0;
        for (int i = 0; i < n; i++) {
            expected += (double) g.before[i] * g.before[i] / secondMoment(v, g, i);
        }
        lanes.inverseSqrtInto(v.memory, v.at, out.memory, out.at, n);
        out.holds(i -> 1 / Math.sqrt(v.before[i]), TOLERANCE);
        double sum = lanes.secondMoment(v.memory, v.at, g.memory, g.at, 0.01f, 0.7, n);
        assertThat(sum).isCloseTo(expected, within(2e-6 * (1 + expected)));
        v.holds(i -> secondMoment(v, g, i), TOLERANCE);
    }

    private static double secondMoment(Run v, Run g, int i) {
        return 0.7 * v.before[i] + 0.3 * ((double) g.before[i] * g.before[i] + 0.01);
    }
}
