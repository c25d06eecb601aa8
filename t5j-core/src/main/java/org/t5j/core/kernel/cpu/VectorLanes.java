package org.t5j.core.kernel.cpu;

import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.SQRT;
import static org.t5j.core.kernel.cpu.VectorMemory.FLOATS;
import static org.t5j.core.kernel.cpu.VectorMemory.STEP;
import static org.t5j.core.kernel.cpu.VectorMemory.get;
import static org.t5j.core.kernel.cpu.VectorMemory.load;
import static org.t5j.core.kernel.cpu.VectorMemory.set;
import static org.t5j.core.kernel.cpu.VectorMemory.store;

import jdk.incubator.vector.FloatVector;
import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.HostMemory;

/**
 * {@link Lanes} in the JDK's Vector API. Each loop runs over whole vectors; what remains is copied into a {@link
 * VectorTail} and given to the same loop as one more vector, by the same call where the loop is large: inlined twice it
 * may put vectors on the heap. Loop bodies are small, because in large ones the compiler
 * puts vectors on the heap. It does that too where it inlines loops into their callers; flags in {@code bin/t5j} forbid
 * it, for all methods here and for those elsewhere that are called {@code whole…} or {@code block…}.
 */
final class VectorLanes implements Lanes {
    private static final int BLOCK = 4096;

    private final VectorTail tail = new VectorTail(4);
    private final VectorProducts products = new VectorProducts();
    private final VectorActivations activations = new VectorActivations(this, tail);

    // ---- algebra -----------------------------------------------------------------------------------------------

    @Override
    public void fill(HostMemory x, long xAt, int n, float value) {
        FloatVector values = FloatVector.broadcast(FLOATS, value);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(values, x, xAt + i);
        }
        for (; i < n; i++) {
            set(x, xAt + i, value);
        }
    }

    @Override
    public void copy(HostMemory from, long fromAt, HostMemory to, long toAt, int n) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(from, fromAt + i), to, toAt + i);
        }
        for (; i < n; i++) {
            set(to, toAt + i, get(from, fromAt + i));
        }
    }

    @Override
    public void add(HostMemory x, long xAt, HostMemory y, long yAt, int n) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(x, xAt + i).add(load(y, yAt + i)), x, xAt + i);
        }
        for (; i < n; i++) {
            set(x, xAt + i, get(x, xAt + i) + get(y, yAt + i));
        }
    }

    @Override
    public void addScaled(HostMemory x, long xAt, float factor, HostMemory y, long yAt, int n) {
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(y, yAt + i).fma(factors, load(x, xAt + i)), x, xAt + i);
        }
        for (; i < n; i++) {
            set(x, xAt + i, Math.fma(get(y, yAt + i), factor, get(x, xAt + i)));
        }
    }

    @Override
    public void scaleAdd(HostMemory x, long xAt, int n, float factor, float summand) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(x, xAt + i).fma(factor, summand), x, xAt + i);
        }
        for (; i < n; i++) {
            set(x, xAt + i, Math.fma(get(x, xAt + i), factor, summand));
        }
    }

    @Override
    public double sumOfSquares(HostMemory x, long xAt, int n) {
        double total = 0;
        for (int i = 0; i < n; i += BLOCK) {
            total += blockOfSquares(x, xAt + i, Math.min(BLOCK, n - i));
        }
        return total;
    }

    /** As {@link VectorProducts#blockDot} of x with itself, but each vector is loaded once. */
    private static float blockOfSquares(HostMemory x, long xAt, int n) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= n - 4 * STEP; i += 4 * STEP) {
            FloatVector first = load(x, xAt + i);
            FloatVector second = load(x, xAt + i + STEP);
            FloatVector third = load(x, xAt + i + 2 * STEP);
            FloatVector fourth = load(x, xAt + i + 3 * STEP);
            a = first.fma(first, a);
            b = second.fma(second, b);
            c = third.fma(third, c);
            d = fourth.fma(fourth, d);
        }
        for (; i <= n - STEP; i += STEP) {
            FloatVector values = load(x, xAt + i);
            a = values.fma(values, a);
        }
        float rest = 0;
        for (; i < n; i++) {
            rest += get(x, xAt + i) * get(x, xAt + i);
        }
        return VectorMath.sum(a.add(b).add(c.add(d))) + rest;
    }

    @Override
    public double sum(HostMemory x, long xAt, int n) {
        double total = 0;
        for (int i = 0; i < n; i += BLOCK) {
            total += blockSum(x, xAt + i, Math.min(BLOCK, n - i));
        }
        return total;
    }

    private static float blockSum(HostMemory x, long xAt, int n) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= n - 4 * STEP; i += 4 * STEP) {
            a = a.add(load(x, xAt + i));
            b = b.add(load(x, xAt + i + STEP));
            c = c.add(load(x, xAt + i + 2 * STEP));
            d = d.add(load(x, xAt + i + 3 * STEP));
        }
        for (; i <= n - STEP; i += STEP) {
            a = a.add(load(x, xAt + i));
        }
        float sum = VectorMath.sum(a.add(b).add(c.add(d)));
        for (; i < n; i++) {
            sum += get(x, xAt + i);
        }
        return sum;
    }

    @Override
    public float max(HostMemory x, long xAt, int n) {
        FloatVector a = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * STEP; i += 2 * STEP) {
            a = a.max(load(x, xAt + i));
            b = b.max(load(x, xAt + i + STEP));
        }
        for (; i <= n - STEP; i += STEP) {
            a = a.max(load(x, xAt + i));
        }
        float max = a.max(b).reduceLanes(MAX);
        for (; i < n; i++) {
            max = Math.max(max, get(x, xAt + i));
        }
        return max;
    }

    @Override
    public float dot(HostMemory x, long xAt, HostMemory y, long yAt, int n) {
        return VectorProducts.blockDot(x, xAt, y, yAt, n);
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
        products.dotRows(x, xAt, w, wAt, stride, rows, start, n, k, out, outAt);
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
        VectorRowSums.sumRows(factors, factorsAt, w, wAt, stride, rows, start, n, k, out, outAt);
    }

    // ---- normalisation -----------------------------------------------------------------------------------------

    @Override
    public void rmsNorm(
            HostMemory x, long xAt, HostMemory weight, long weightAt, float factor, HostMemory out, long outAt, int n) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(x, xAt + i).mul(factor).mul(load(weight, weightAt + i)), out, outAt + i);
        }
        for (; i < n; i++) {
            set(out, outAt + i, get(x, xAt + i) * factor * get(weight, weightAt + i));
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
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector product = load(dOut, dOutAt + i).mul(load(x, xAt + i));
            store(product.fma(factors, load(dWeight, dWeightAt + i)), dWeight, dWeightAt + i);
            sums = product.fma(load(weight, weightAt + i), sums);
        }
        float sum = VectorMath.sum(sums);
        for (; i < n; i++) {
            float product = get(dOut, dOutAt + i) * get(x, xAt + i);
            set(dWeight, dWeightAt + i, Math.fma(product, factor, get(dWeight, dWeightAt + i)));
            sum += product * get(weight, weightAt + i);
        }
        return sum;
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
        FloatVector minusB = FloatVector.broadcast(FLOATS, -b);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector rest = load(x, xAt + i).fma(minusB, load(dX, dXAt + i));
            store(load(dOut, dOutAt + i).mul(a).fma(load(weight, weightAt + i), rest), dX, dXAt + i);
        }
        for (; i < n; i++) {
            float rest = Math.fma(get(x, xAt + i), -b, get(dX, dXAt + i));
            set(dX, dXAt + i, Math.fma(get(dOut, dOutAt + i) * a, get(weight, weightAt + i), rest));
        }
    }

    // ---- dropout and activations -------------------------------------------------------------------------------

    @Override
    public void dropout(
            HostMemory x, long xAt, float factor, HostMemory out, long outAt, int n, Dropout dropout, int first) {
        if (dropout.active()) {
            activations.dropout(x, xAt, factor, out, outAt, n, dropout, first);
            return;
        }
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(x, xAt + i).mul(factor), out, outAt + i);
        }
        for (; i < n; i++) {
            set(out, outAt + i, get(x, xAt + i) * factor);
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
        if (dropout.active()) {
            activations.addDropout(residual, residualAt, x, xAt, out, outAt, n, dropout, first);
            return;
        }
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(residual, residualAt + i).add(load(x, xAt + i)), out, outAt + i);
        }
        for (; i < n; i++) {
            set(out, outAt + i, get(residual, residualAt + i) + get(x, xAt + i));
        }
    }

    @Override
    public void activate(
            Activation f, HostMemory x, long xAt, HostMemory out, long outAt, int n, Dropout dropout, int first) {
        activations.activate(f, x, xAt, out, outAt, n, dropout, first);
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
        activations.activateBackward(f, dOut, dOutAt, x, xAt, dX, dXAt, n, dropout, first);
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
        activations.gate(f, gate, gateAt, linear, linearAt, out, outAt, n, dropout, first);
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
        activations.gateBackwardInPlace(f, dOut, dOutAt, gate, gateAt, linear, linearAt, n, dropout, first);
    }

    // ---- softmax -----------------------------------------------------------------------------------------------

    @Override
    public float addMax(HostMemory x, long xAt, HostMemory a, long aAt, HostMemory b, long bAt, int n) {
        if (a != null) {
            add(x, xAt, a, aAt, n);
        }
        if (b == null) {
            return max(x, xAt, n);
        }
        FloatVector maxima = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector sum = load(x, xAt + i).add(load(b, bAt + i));
            store(sum, x, xAt + i);
            maxima = maxima.max(sum);
        }
        float max = maxima.reduceLanes(MAX);
        for (; i < n; i++) {
            float sum = get(x, xAt + i) + get(b, bAt + i);
            set(x, xAt + i, sum);
            max = Math.max(max, sum);
        }
        return max;
    }

    @Override
    public double expSum(HostMemory x, long xAt, int n, float max) {
        double total = 0;
        for (int i = 0; i < n; i += BLOCK) {
            total += blockExpSum(x, xAt + i, Math.min(BLOCK, n - i), max);
        }
        return total;
    }

    private float blockExpSum(HostMemory x, long xAt, int n, float max) {
        float sum = wholeExpSum(x, xAt, n, max);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            int rest = n - i;
            sum += wholeExpSum(tail.take(0, x, xAt + i, rest, Float.NEGATIVE_INFINITY), 0, STEP, max);
            tail.give(0, x, xAt + i, rest);
        }
        return sum;
    }

    private static float wholeExpSum(HostMemory x, long xAt, int n, float max) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector e = VectorMath.expOfNegative(load(x, xAt + i).sub(max));
            store(e, x, xAt + i);
            sums = sums.add(e);
        }
        return VectorMath.sum(sums);
    }

    @Override
    public void expScaled(
            HostMemory x, long xAt, HostMemory a, long aAt, HostMemory b, long bAt, int n, float max, float factor) {
        if (a != null) {
            add(x, xAt, a, aAt, n);
        }
        if (b != null) {
            add(x, xAt, b, bAt, n);
        }
        wholeExpScaled(x, xAt, n, max, factor);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            int rest = n - i;
            wholeExpScaled(tail.take(0, x, xAt + i, rest, 0), 0, STEP, max, factor);
            tail.give(0, x, xAt + i, rest);
        }
    }

    private static void wholeExpScaled(HostMemory x, long xAt, int n, float max, float factor) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(VectorMath.expOfNegative(load(x, xAt + i).sub(max)).mul(factor), x, xAt + i);
        }
    }

    @Override
    public void softmaxBackward(
            HostMemory p, long pAt, HostMemory g, long gAt, int n, float dot, Dropout dropout, int first) {
        if (!dropout.active()) {
            wholeSoftmaxBackward(p, pAt, g, gAt, n, dot);
            return;
        }
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < n; i = i < whole ? whole : n) {
            boolean last = i == whole;
            HostMemory pPart = last ? tail.take(0, p, pAt + i, n - i, 0) : p;
            HostMemory gPart = last ? tail.take(1, g, gAt + i, n - i, 0) : g;
            int count = last ? STEP : whole;
            wholeSoftmaxBackward(pPart, last ? 0 : pAt, gPart, last ? 0 : gAt, count, dot, dropout, first + i);
            if (last) {
                tail.give(0, p, pAt + i, n - i);
                tail.give(1, g, gAt + i, n - i);
            }
        }
    }

    private static void wholeSoftmaxBackward(
            HostMemory p, long pAt, HostMemory g, long gAt, int n, float dot, Dropout dropout, int first) {
        int low = (int) dropout.key();
        int high = (int) (dropout.key() >>> 32);
        int limit = dropout.threshold() - 1;
        int scale = Float.floatToRawIntBits(dropout.scale());
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector mask = VectorMath.multipliers(first + i, low, high, limit, scale);
            FloatVector probabilities = load(p, pAt + i);
            store(mask.mul(load(g, gAt + i)).sub(dot).mul(probabilities), g, gAt + i);
            store(mask.mul(probabilities), p, pAt + i);
        }
    }

    private static void wholeSoftmaxBackward(HostMemory p, long pAt, HostMemory g, long gAt, int n, float dot) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(load(g, gAt + i).sub(dot).mul(load(p, pAt + i)), g, gAt + i);
        }
        for (; i < n; i++) {
            set(g, gAt + i, (get(g, gAt + i) - dot) * get(p, pAt + i));
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
        wholeAdam(parameter, parameterAt, gradient, gradientAt, m, mAt, v, vAt, n, step);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            int left = n - i;
            HostMemory p = tail.take(0, parameter, parameterAt + i, left, 0);
            HostMemory g = tail.take(1, gradient, gradientAt + i, left, 0);
            HostMemory first = tail.take(2, m, mAt + i, left, 0);
            wholeAdam(p, 0, g, 0, first, 0, tail.take(3, v, vAt + i, left, 1), 0, STEP, step);
            tail.give(0, parameter, parameterAt + i, left);
            tail.give(2, m, mAt + i, left);
            tail.give(3, v, vAt + i, left);
        }
    }

    private static void wholeAdam(
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
        float beta1 = (float) step.beta1();
        float beta2 = (float) step.beta2();
        float rest1 = (float) (1 - step.beta1());
        float rest2 = (float) (1 - step.beta2());
        float scale = step.denominatorScale();
        float epsilon = step.epsilon();
        float minusStep = -step.stepSize();
        float before = 1 - step.decayBefore();
        float after = 1 - step.decayAfter();
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector g = load(gradient, gradientAt + i);
            FloatVector first = load(m, mAt + i).mul(beta1).add(g.mul(rest1));
            FloatVector second = load(v, vAt + i).mul(beta2).add(g.mul(g).mul(rest2));
            store(first, m, mAt + i);
            store(second, v, vAt + i);
            FloatVector change = first.mul(minusStep).div(second.lanewise(SQRT).fma(scale, epsilon));
            FloatVector updated =
                    load(parameter, parameterAt + i).mul(before).add(change).mul(after);
            store(updated, parameter, parameterAt + i);
        }
    }

    @Override
    public double addSquares(HostMemory g, long gAt, float epsilon, HostMemory sums, long sumsAt, int n) {
        double total = n * (double) epsilon;
        for (int i = 0; i < n; i += BLOCK) {
            total += blockAddSquares(g, gAt + i, epsilon, sums, sumsAt + i, Math.min(BLOCK, n - i));
        }
        return total;
    }

    /** Returns {@code sum g²}. */
    private static float blockAddSquares(HostMemory g, long gAt, float epsilon, HostMemory sums, long sumsAt, int n) {
        FloatVector totals = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector values = load(g, gAt + i);
            FloatVector squares = values.mul(values);
            totals = totals.add(squares);
            store(load(sums, sumsAt + i).add(squares.add(epsilon)), sums, sumsAt + i);
        }
        float total = VectorMath.sum(totals);
        for (; i < n; i++) {
            float square = get(g, gAt + i) * get(g, gAt + i);
            total += square;
            set(sums, sumsAt + i, get(sums, sumsAt + i) + (square + epsilon));
        }
        return total;
    }

    @Override
    public double sumOfScaledSquares(HostMemory g, long gAt, HostMemory scale, long scaleAt, int n) {
        double total = 0;
        for (int i = 0; i < n; i += BLOCK) {
            total += blockOfScaledSquares(g, gAt + i, scale, scaleAt + i, Math.min(BLOCK, n - i));
        }
        return total;
    }

    private static float blockOfScaledSquares(HostMemory g, long gAt, HostMemory scale, long scaleAt, int n) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        int i = 0;
        for (; i <= n - 2 * STEP; i += 2 * STEP) {
            FloatVector scaled = load(g, gAt + i).mul(load(scale, scaleAt + i));
            FloatVector next = load(g, gAt + i + STEP).mul(load(scale, scaleAt + i + STEP));
            a = scaled.fma(scaled, a);
            b = next.fma(next, b);
        }
        for (; i <= n - STEP; i += STEP) {
            FloatVector scaled = load(g, gAt + i).mul(load(scale, scaleAt + i));
            a = scaled.fma(scaled, a);
        }
        float sum = VectorMath.sum(a.add(b));
        for (; i < n; i++) {
            float scaled = get(g, gAt + i) * get(scale, scaleAt + i);
            sum += scaled * scaled;
        }
        return sum;
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
        float decay = (float) beta;
        float rest = (float) ((1 - beta) * factor);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector change = load(g, gAt + i).mul(load(scale, scaleAt + i)).mul(rest);
            FloatVector updated = load(moment, momentAt + i).mul(decay).add(change);
            store(updated, moment, momentAt + i);
            store(load(p, pAt + i).mul(keep).sub(updated), p, pAt + i);
        }
        for (; i < n; i++) {
            float change = get(g, gAt + i) * get(scale, scaleAt + i) * rest;
            float updated = get(moment, momentAt + i) * decay + change;
            set(moment, momentAt + i, updated);
            set(p, pAt + i, get(p, pAt + i) * keep - updated);
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
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector change = load(g, gAt + i).mul(factor).mul(load(scale, scaleAt + i));
            store(load(p, pAt + i).mul(keep).sub(change), p, pAt + i);
        }
        for (; i < n; i++) {
            float change = get(g, gAt + i) * factor * get(scale, scaleAt + i);
            set(p, pAt + i, get(p, pAt + i) * keep - change);
        }
    }

    @Override
    public double secondMoment(HostMemory v, long vAt, HostMemory g, long gAt, float epsilon, double beta, int n) {
        double total = 0;
        for (int i = 0; i < n; i += BLOCK) {
            total += blockSecondMoment(v, vAt + i, g, gAt + i, epsilon, beta, Math.min(BLOCK, n - i));
        }
        return total;
    }

    private static float blockSecondMoment(
            HostMemory v, long vAt, HostMemory g, long gAt, float epsilon, double beta, int n) {
        float decay = (float) beta;
        float rest = (float) (1 - beta);
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector squares = load(g, gAt + i);
            squares = squares.mul(squares);
            FloatVector moments =
                    load(v, vAt + i).mul(decay).add(squares.add(epsilon).mul(rest));
            store(moments, v, vAt + i);
            sums = sums.add(squares.div(moments));
        }
        float sum = VectorMath.sum(sums);
        for (; i < n; i++) {
            float square = get(g, gAt + i) * get(g, gAt + i);
            float moment = get(v, vAt + i) * decay + (square + epsilon) * rest;
            set(v, vAt + i, moment);
            sum += square / moment;
        }
        return sum;
    }

    @Override
    public void inverseSqrtInto(HostMemory v, long vAt, HostMemory out, long outAt, int n) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(one.div(load(v, vAt + i).lanewise(SQRT)), out, outAt + i);
        }
        for (; i < n; i++) {
            set(out, outAt + i, 1f / (float) Math.sqrt(get(v, vAt + i)));
        }
    }
}
