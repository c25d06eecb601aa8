package org.t5j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.t5j.core.tensor.Tensor;

/** The optimizer updates of every implementation of {@link Kernels} against their formulas in double precision. */
abstract class UpdateContract extends KernelsContract {

    @Test
    void updatesWithAdam() {
        AdamStep s = new AdamStep(0.01f, 0.9f, 0.99f, 1.5f, 1e-6f, 0.02f, 0.03f);
        Tensor p = random(3, 7);
        Tensor g = random(3, 7);
        Tensor m = random(3, 7);
        Tensor v = positive(3, 7);
        double[] expected = toDouble(values(p));
        double[] em = toDouble(values(m));
        double[] ev = toDouble(values(v));
        float[] gradient = values(g);
        for (int i = 0; i < expected.length; i++) {
            em[i] = 0.9 * em[i] + 0.1 * gradient[i];
            ev[i] = 0.99 * ev[i] + 0.01 * gradient[i] * gradient[i];
            double update = 0.01 * em[i] / (Math.sqrt(ev[i]) * 1.5 + 1e-6);
            expected[i] = (expected[i] * 0.98 - update) * 0.97;
        }
        kernels.adam(p, g, m, v, s);
        assertClose(m, em);
        assertClose(v, ev);
        assertClose(p, expected);
        assertThat(values(g)).isEqualTo(gradient);
    }

    @Test
    void updatesWithAdafactorFactoredAndNot() {
        for (boolean factored : new boolean[] {true, false}) {
            for (float beta1 : new float[] {0f, 0.7f}) {
                adafactor(factored, new AdafactorStep(0.3f, 0.8f, 1e-8f, 1e-3f, 0.5f, true, 0.1f, beta1));
                adafactor(factored, new AdafactorStep(0.3f, 0.8f, 1e-8f, 1e-3f, 1f, false, 0f, beta1));
            }
        }
    }

    private void adafactor(boolean factored, AdafactorStep s) {
        int rows = 4;
        int columns = 9;
        Tensor p = random(rows, columns);
        Tensor g = random(rows, columns);
        Tensor r = positive(rows);
        Tensor c = positive(columns);
        Tensor v = positive(rows, columns);
        Tensor m = s.beta1() == 0 ? null : random(rows, columns);
        double[] expected = toDouble(values(p));
        double[] gradient = toDouble(values(g));
        double[] er = toDouble(values(r));
        double[] ec = toDouble(values(c));
        double[] ev = toDouble(values(v));
        double[] em = m == null ? new double[rows * columns] : toDouble(values(m));
        double b = s.beta2();
        for (int i = 0; i < rows; i++) {
            er[i] *= b;
        }
        for (int j = 0; j < columns; j++) {
            ec[j] *= b;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double square = gradient[i * columns + j] * gradient[i * columns + j] + s.epsilon1();
                er[i] += (1 - b) * square / columns;
                ec[j] += (1 - b) * square / rows;
                ev[i * columns + j] = b * ev[i * columns + j] + (1 - b) * square;
            }
        }
        double meanR = java.util.Arrays.stream(er).average().orElseThrow();
        double[] update = new double[rows * columns];
        double squares = 0;
        double parameter = 0;
        for (int i = 0; i < update.length; i++) {
            double moment = factored ? er[i / columns] * ec[i % columns] / meanR : ev[i];
            update[i] = gradient[i] / Math.sqrt(moment);
            squares += update[i] * update[i];
            parameter += expected[i] * expected[i];
        }
        double clip = Math.max(1, Math.sqrt(squares / update.length) / s.clipThreshold());
        double rate = s.learningRate()
                * (s.scaleParameter() ? Math.max(s.epsilon2(), Math.sqrt(parameter / update.length)) : 1);
        for (int i = 0; i < update.length; i++) {
            double delta = update[i] / clip * rate;
            if (m != null) {
                em[i] = s.beta1() * em[i] + (1 - s.beta1()) * delta;
                delta = em[i];
            }
            expected[i] -= expected[i] * s.weightDecay() * rate + delta;
        }
        if (factored) {
            kernels.adafactorFactored(p, g, r, c, m, s);
            assertClose(r, er);
            assertClose(c, ec);
        } else {
            kernels.adafactor(p, g, v, m, s);
            assertClose(v, ev);
        }
        assertClose(p, expected);
        if (m != null) {
            assertClose(m, em);
        }
    }
}
