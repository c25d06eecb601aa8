package org.t5j.core.kernel.cpu;

import static org.t5j.core.kernel.cpu.PlainTile.SIZE;

import java.util.Arrays;
import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.HostMemory;

/**
 * {@link Lanes} without the Vector API, for memory of any size: runs are copied to arrays tile by tile, computed there in
 * small loops and copied back.
 */
final class PlainLanes implements Lanes {
    private final PlainTile first = new PlainTile();
    private final PlainTile second = new PlainTile();
    private final PlainTile third = new PlainTile();
    private final PlainTile fourth = new PlainTile();
    private final PlainActivations activations = new PlainActivations();
    private final float[] mask = new float[SIZE];
    private final int[] bits = new int[SIZE];
    private float[] rows = new float[0];

    // ---- algebra -----------------------------------------------------------------------------------------------

    @Override
    public void fill(HostMemory x, long xAt, int n, float value) {
        Arrays.fill(first.values, value);
        for (int i = 0; i < n; i += SIZE) {
            first.write(x, xAt + i, Math.min(SIZE, n - i));
        }
    }

    @Override
    public void copy(HostMemory from, long fromAt, HostMemory to, long toAt, int n) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            first.read(from, fromAt + i, count);
            first.write(to, toAt + i, count);
        }
    }

    @Override
    public void add(HostMemory x, long xAt, HostMemory y, long yAt, int n) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            PlainMath.add(first.read(x, xAt + i, count), second.read(y, yAt + i, count), count);
            first.write(x, xAt + i, count);
        }
    }

    @Override
    public void addScaled(HostMemory x, long xAt, float factor, HostMemory y, long yAt, int n) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            addScaled(first.read(x, xAt + i, count), factor, second.read(y, yAt + i, count), count);
            first.write(x, xAt + i, count);
        }
    }

    private static void addScaled(float[] x, float factor, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] += factor * y[i];
        }
    }

    @Override
    public void scaleAdd(HostMemory x, long xAt, int n, float factor, float summand) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            PlainMath.scaleAdd(first.read(x, xAt + i, count), factor, summand, count);
            first.write(x, xAt + i, count);
        }
    }

    @Override
    public double sumOfSquares(HostMemory x, long xAt, int n) {
        double total = 0;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = first.read(x, xAt + i, count);
            total += PlainMath.dot(values, 0, values, 0, count);
        }
        return total;
    }

    @Override
    public double sum(HostMemory x, long xAt, int n) {
        double total = 0;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            total += PlainMath.sum(first.read(x, xAt + i, count), count);
        }
        return total;
    }

    @Override
    public float max(HostMemory x, long xAt, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            max = Math.max(max, PlainMath.max(first.read(x, xAt + i, count), count));
        }
        return max;
    }

    @Override
    public float dot(HostMemory x, long xAt, HostMemory y, long yAt, int n) {
        double total = 0;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = first.read(x, xAt + i, count);
            total += PlainMath.dot(values, 0, second.read(y, yAt + i, count), 0, count);
        }
        return (float) total;
    }

    private void put(float product, float beta, HostMemory out, long outAt) {
        float before = beta == 0 ? 0f : beta * second.read(out, outAt, 1)[0];
        second.values[0] = product + before;
        second.write(out, outAt, 1);
    }

    @Override
    public void dotRows(
            HostMemory x,
            long xAt,
            HostMemory w,
            long wAt,
            long stride,
            int[] rows,
            int start,
            int n,
            int k,
            HostMemory out,
            long outAt) {
        for (int j = 0; j < n; j++) {
            second.values[0] = dot(x, xAt, w, wAt + rows[start + j] * stride, k);
            second.write(out, outAt + j, 1);
        }
    }

    @Override
    public void sumRows(
            HostMemory factors,
            long factorsAt,
            HostMemory w,
            long wAt,
            long stride,
            int[] rows,
            int start,
            int n,
            int k,
            HostMemory out,
            long outAt) {
        for (int l = 0; l < k; l += SIZE) {
            int count = Math.min(SIZE, k - l);
            Arrays.fill(first.values, 0, count, 0f);
            for (int j = 0; j < n; j += SIZE) {
                int some = Math.min(SIZE, n - j);
                third.read(factors, factorsAt + j, some);
                for (int i = 0; i < some; i++) {
                    second.read(w, wAt + rows[start + j + i] * stride + l, count);
                    addScaled(first.values, third.values[i], second.values, count);
                }
            }
            first.write(out, outAt + l, count);
        }
    }

    // ---- normalisation -----------------------------------------------------------------------------------------

    @Override
    public void rmsNorm(
            HostMemory x, long xAt, HostMemory weight, long weightAt, float factor, HostMemory out, long outAt, int n) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            rmsNorm(first.read(x, xAt + i, count), second.read(weight, weightAt + i, count), factor, count);
            first.write(out, outAt + i, count);
        }
    }

    private static void rmsNorm(float[] x, float[] weight, float factor, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] * factor * weight[i];
        }
    }

    @Override
    public float rmsNormWeightGradient(
            HostMemory dOut,
            long dOutAt,
            HostMemory x,
            long xAt,
            HostMemory weight,
            long weightAt,
            float factor,
            HostMemory dWeight,
            long dWeightAt,
            int n) {
        double total = 0;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] products = first.read(dOut, dOutAt + i, count);
            PlainMath.multiply(products, second.read(x, xAt + i, count), count);
            addScaled(third.read(dWeight, dWeightAt + i, count), factor, products, count);
            third.write(dWeight, dWeightAt + i, count);
            total += PlainMath.dot(products, 0, second.read(weight, weightAt + i, count), 0, count);
        }
        return (float) total;
    }

    @Override
    public void rmsNormInputGradient(
            HostMemory dOut,
            long dOutAt,
            HostMemory x,
            long xAt,
            HostMemory weight,
            long weightAt,
            float a,
            float b,
            HostMemory dX,
            long dXAt,
            int n) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] gradient = first.read(dOut, dOutAt + i, count);
            rmsNorm(gradient, second.read(weight, weightAt + i, count), a, count);
            float[] sum = third.read(dX, dXAt + i, count);
            PlainMath.add(sum, gradient, count);
            addScaled(sum, -b, second.read(x, xAt + i, count), count);
            third.write(dX, dXAt + i, count);
        }
    }

    // ---- dropout and activations -------------------------------------------------------------------------------

    @Override
    public void dropout(
            HostMemory x, long xAt, float factor, HostMemory out, long outAt, int n, Dropout dropout, int first) {
        PlainTile tile = this.first;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = tile.read(x, xAt + i, count);
            if (dropout.active()) {
                PlainMath.multipliers(dropout, first + i, factor, bits, mask, count);
                PlainMath.multiply(values, mask, count);
            } else {
                PlainMath.scaleAdd(values, factor, 0, count);
            }
            tile.write(out, outAt + i, count);
        }
    }

    @Override
    public void addDropout(
            HostMemory residual,
            long residualAt,
            HostMemory x,
            long xAt,
            HostMemory out,
            long outAt,
            int n,
            Dropout dropout,
            int first) {
        PlainTile tile = this.first;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = tile.read(x, xAt + i, count);
            applyMask(dropout, first + i, values, count);
            PlainMath.add(values, second.read(residual, residualAt + i, count), count);
            tile.write(out, outAt + i, count);
        }
    }

    @Override
    public void activate(
            Activation f, HostMemory x, long xAt, HostMemory out, long outAt, int n, Dropout dropout, int first) {
        PlainTile tile = this.first;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = tile.read(x, xAt + i, count);
            activations.value(f, values, count);
            applyMask(dropout, first + i, values, count);
            tile.write(out, outAt + i, count);
        }
    }

    @Override
    public void activateBackward(
            Activation f,
            HostMemory dOut,
            long dOutAt,
            HostMemory x,
            long xAt,
            HostMemory dX,
            long dXAt,
            int n,
            Dropout dropout,
            int first) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] slopes = activations.slope(f, second.read(x, xAt + i, count), count);
            float[] gradient = this.first.read(dOut, dOutAt + i, count);
            applyMask(dropout, first + i, gradient, count);
            PlainMath.multiply(gradient, slopes, count);
            this.first.write(dX, dXAt + i, count);
        }
    }

    @Override
    public void gate(
            Activation f,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            HostMemory out,
            long outAt,
            int n,
            Dropout dropout,
            int first) {
        PlainTile tile = this.first;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = tile.read(gate, gateAt + i, count);
            activations.value(f, values, count);
            PlainMath.multiply(values, second.read(linear, linearAt + i, count), count);
            applyMask(dropout, first + i, values, count);
            tile.write(out, outAt + i, count);
        }
    }

    @Override
    public void gateBackwardInPlace(
            Activation f,
            HostMemory dOut,
            long dOutAt,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            int n,
            Dropout dropout,
            int first) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] x = second.read(gate, gateAt + i, count);
            float[] slopes = activations.slope(f, x, count);
            activations.valueAfterSlope(f, x, count);
            float[] y = third.read(linear, linearAt + i, count);
            float[] d = this.first.read(dOut, dOutAt + i, count);
            applyMask(dropout, first + i, d, count);
            gateBackward(d, x, y, slopes, count);
            applyMask(dropout, first + i, d, count);
            second.write(gate, gateAt + i, count);
            third.write(linear, linearAt + i, count);
            this.first.write(dOut, dOutAt + i, count);
        }
    }

    /**
     * {@code d = value y}, {@code value = d slope y}, {@code y = d value}, all of what was before.
     *
     * @param value f(gate)
     * @param slope f'(gate); overwritten
     */
    private static void gateBackward(float[] d, float[] value, float[] y, float[] slope, int n) {
        for (int i = 0; i < n; i++) {
            slope[i] = d[i] * slope[i] * y[i];
        }
        for (int i = 0; i < n; i++) {
            float f = value[i];
            float old = d[i];
            d[i] = f * y[i];
            y[i] = f * old;
        }
        System.arraycopy(slope, 0, value, 0, n);
    }

    private void applyMask(Dropout dropout, int from, float[] values, int n) {
        if (dropout.active()) {
            PlainMath.multipliers(dropout, from, 1, bits, mask, n);
            PlainMath.multiply(values, mask, n);
        }
    }

    // ---- softmax -----------------------------------------------------------------------------------------------

    @Override
    public float addMax(HostMemory x, long xAt, HostMemory a, long aAt, HostMemory b, long bAt, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = readSum(x, xAt + i, a, aAt + i, b, bAt + i, count);
            max = Math.max(max, PlainMath.max(values, count));
            first.write(x, xAt + i, count);
        }
        return max;
    }

    @Override
    public double expSum(HostMemory x, long xAt, int n, float max) {
        double total = 0;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = first.read(x, xAt + i, count);
            PlainMath.scaleAdd(values, 1, -max, count);
            PlainMath.expOfNegative(values, count);
            total += PlainMath.sum(values, count);
            first.write(x, xAt + i, count);
        }
        return total;
    }

    @Override
    public void expScaled(
            HostMemory x, long xAt, HostMemory a, long aAt, HostMemory b, long bAt, int n, float max, float factor) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = readSum(x, xAt + i, a, aAt + i, b, bAt + i, count);
            PlainMath.scaleAdd(values, 1, -max, count);
            PlainMath.expOfNegative(values, count);
            PlainMath.scaleAdd(values, factor, 0, count);
            first.write(x, xAt + i, count);
        }
    }

    /** {@code x + a + b} in the first tile. */
    private float[] readSum(HostMemory x, long xAt, HostMemory a, long aAt, HostMemory b, long bAt, int n) {
        float[] values = first.read(x, xAt, n);
        if (a != null) {
            PlainMath.add(values, second.read(a, aAt, n), n);
        }
        if (b != null) {
            PlainMath.add(values, second.read(b, bAt, n), n);
        }
        return values;
    }

    @Override
    public void softmaxBackward(
            HostMemory p, long pAt, HostMemory g, long gAt, int n, float dot, Dropout dropout, int first) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] probabilities = this.first.read(p, pAt + i, count);
            float[] gradient = second.read(g, gAt + i, count);
            if (dropout.active()) {
                PlainMath.multipliers(dropout, first + i, 1, bits, mask, count);
                PlainMath.multiply(gradient, mask, count);
            }
            PlainMath.scaleAdd(gradient, 1, -dot, count);
            PlainMath.multiply(gradient, probabilities, count);
            second.write(g, gAt + i, count);
            if (dropout.active()) {
                PlainMath.multiply(probabilities, mask, count);
                this.first.write(p, pAt + i, count);
            }
        }
    }

    // ---- optimizers --------------------------------------------------------------------------------------------

    @Override
    public void adam(
            HostMemory parameter,
            long parameterAt,
            HostMemory gradient,
            long gradientAt,
            HostMemory m,
            long mAt,
            HostMemory v,
            long vAt,
            int n,
            AdamStep step) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] p = first.read(parameter, parameterAt + i, count);
            float[] g = second.read(gradient, gradientAt + i, count);
            float[] m1 = third.read(m, mAt + i, count);
            float[] m2 = fourth.read(v, vAt + i, count);
            moments(g, m1, m2, step, count);
            change(p, m1, m2, step, count);
            first.write(parameter, parameterAt + i, count);
            third.write(m, mAt + i, count);
            fourth.write(v, vAt + i, count);
        }
    }

    private static void moments(float[] g, float[] m, float[] v, AdamStep step, int n) {
        float beta1 = (float) step.beta1();
        float beta2 = (float) step.beta2();
        float rest1 = (float) (1 - step.beta1());
        float rest2 = (float) (1 - step.beta2());
        for (int i = 0; i < n; i++) {
            m[i] = m[i] * beta1 + g[i] * rest1;
        }
        for (int i = 0; i < n; i++) {
            v[i] = v[i] * beta2 + g[i] * g[i] * rest2;
        }
    }

    private static void change(float[] p, float[] m, float[] v, AdamStep step, int n) {
        float scale = step.denominatorScale();
        float epsilon = step.epsilon();
        float size = step.stepSize();
        float before = 1 - step.decayBefore();
        float after = 1 - step.decayAfter();
        for (int i = 0; i < n; i++) {
            p[i] = (p[i] * before - size * m[i] / ((float) Math.sqrt(v[i]) * scale + epsilon)) * after;
        }
    }

    @Override
    public double addSquares(HostMemory g, long gAt, float epsilon, HostMemory sums, long sumsAt, int n) {
        double total = n * (double) epsilon;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = first.read(g, gAt + i, count);
            PlainMath.multiply(values, values, count);
            total += PlainMath.sum(values, count);
            PlainMath.scaleAdd(values, 1, epsilon, count);
            PlainMath.add(values, second.read(sums, sumsAt + i, count), count);
            first.write(sums, sumsAt + i, count);
        }
        return total;
    }

    @Override
    public double sumOfScaledSquares(HostMemory g, long gAt, HostMemory scale, long scaleAt, int n) {
        double total = 0;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] values = first.read(g, gAt + i, count);
            PlainMath.multiply(values, second.read(scale, scaleAt + i, count), count);
            total += PlainMath.dot(values, 0, values, 0, count);
        }
        return total;
    }

    @Override
    public void descendWithMoment(
            HostMemory p,
            long pAt,
            float keep,
            float factor,
            HostMemory g,
            long gAt,
            HostMemory scale,
            long scaleAt,
            HostMemory moment,
            long momentAt,
            double beta,
            int n) {
        float rest = (float) ((1 - beta) * factor);
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] change = first.read(g, gAt + i, count);
            PlainMath.multiply(change, second.read(scale, scaleAt + i, count), count);
            float[] moments = third.read(moment, momentAt + i, count);
            PlainMath.scaleAdd(moments, (float) beta, 0, count);
            addScaled(moments, rest, change, count);
            third.write(moment, momentAt + i, count);
            descend(first.read(p, pAt + i, count), keep, moments, 1, count);
            first.write(p, pAt + i, count);
        }
    }

    @Override
    public void descend(
            HostMemory p,
            long pAt,
            float keep,
            float factor,
            HostMemory g,
            long gAt,
            HostMemory scale,
            long scaleAt,
            int n) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] change = first.read(g, gAt + i, count);
            PlainMath.multiply(change, second.read(scale, scaleAt + i, count), count);
            descend(third.read(p, pAt + i, count), keep, change, factor, count);
            third.write(p, pAt + i, count);
        }
    }

    private static void descend(float[] p, float keep, float[] change, float factor, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = keep * p[i] - factor * change[i];
        }
    }

    @Override
    public double secondMoment(HostMemory v, long vAt, HostMemory g, long gAt, float epsilon, double beta, int n) {
        double total = 0;
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            float[] squares = first.read(g, gAt + i, count);
            PlainMath.multiply(squares, squares, count);
            float[] moments = second.read(v, vAt + i, count);
            secondMoment(moments, squares, epsilon, beta, count);
            second.write(v, vAt + i, count);
            divide(squares, moments, count);
            total += PlainMath.sum(squares, count);
        }
        return total;
    }

    private static void secondMoment(float[] v, float[] squares, float epsilon, double beta, int n) {
        float decay = (float) beta;
        float rest = (float) (1 - beta);
        for (int i = 0; i < n; i++) {
            v[i] = v[i] * decay + (squares[i] + epsilon) * rest;
        }
    }

    private static void divide(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] /= y[i];
        }
    }

    @Override
    public void inverseSqrtInto(HostMemory v, long vAt, HostMemory out, long outAt, int n) {
        for (int i = 0; i < n; i += SIZE) {
            int count = Math.min(SIZE, n - i);
            inverseSqrt(first.read(v, vAt + i, count), count);
            first.write(out, outAt + i, count);
        }
    }

    private static void inverseSqrt(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = 1f / (float) Math.sqrt(x[i]);
        }
    }
}
