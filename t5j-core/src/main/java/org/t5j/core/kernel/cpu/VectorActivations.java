package org.t5j.core.kernel.cpu;

import static jdk.incubator.vector.VectorOperators.GT;
import static org.t5j.core.kernel.cpu.VectorMemory.FLOATS;
import static org.t5j.core.kernel.cpu.VectorMemory.STEP;
import static org.t5j.core.kernel.cpu.VectorMemory.load;
import static org.t5j.core.kernel.cpu.VectorMemory.store;

import jdk.incubator.vector.FloatVector;
import org.bytedeco.javacpp.BytePointer;
import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.HostMemory;

/**
 * The activations of {@link VectorLanes}. Both GELU and SILU are {@code x sigmoid(x (a + b x²))}, see {@link Sigmoidal}.
 * Dropout is another pass over a block that is still in the cache, which keeps the loop bodies small.
 */
final class VectorActivations {
    private static final int BLOCK = 2048;

    private final VectorLanes lanes;
    private final VectorTail tail;
    private final BytePointer block = new BytePointer((long) BLOCK * Float.BYTES);
    private final HostMemory scratch = new HostMemory(block.address(), BLOCK, block.asByteBuffer());

    VectorActivations(VectorLanes lanes, VectorTail tail) {
        this.lanes = lanes;
        this.tail = tail;
    }

    /** {@link Lanes#dropout} for a dropout that is active. */
    void dropout(HostMemory x, long xAt, float factor, HostMemory out, long outAt, int n, Dropout dropout, int first) {
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < n; i = i < whole ? whole : n) {
            boolean last = i == whole;
            HostMemory from = last ? tail.take(0, x, xAt + i, n - i, 0) : x;
            HostMemory to = last ? tail.slot(1) : out;
            int count = last ? STEP : whole;
            wholeDropout(from, last ? 0 : xAt, factor, to, last ? 0 : outAt, count, dropout, first + i);
            if (last) {
                tail.give(1, out, outAt + i, n - i);
            }
        }
    }

    private static void wholeDropout(
            HostMemory x, long xAt, float factor, HostMemory out, long outAt, int n, Dropout dropout, int first) {
        int low = (int) dropout.key();
        int high = (int) (dropout.key() >>> 32);
        int limit = dropout.threshold() - 1;
        int scale = Float.floatToRawIntBits(factor * dropout.scale());
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector mask = VectorMath.multipliers(first + i, low, high, limit, scale);
            store(mask.mul(load(x, xAt + i)), out, outAt + i);
        }
    }

    /** {@link Lanes#addDropout} for a dropout that is active. */
    void addDropout(
            HostMemory residual,
            long residualAt,
            HostMemory x,
            long xAt,
            HostMemory out,
            long outAt,
            int n,
            Dropout dropout,
            int first) {
        wholeAddDropout(residual, residualAt, x, xAt, out, outAt, n, dropout, first);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            int rest = n - i;
            HostMemory summand = tail.take(0, residual, residualAt + i, rest, 0);
            HostMemory product = tail.take(1, x, xAt + i, rest, 0);
            wholeAddDropout(summand, 0, product, 0, tail.slot(2), 0, STEP, dropout, first + i);
            tail.give(2, out, outAt + i, rest);
        }
    }

    private static void wholeAddDropout(
            HostMemory residual,
            long residualAt,
            HostMemory x,
            long xAt,
            HostMemory out,
            long outAt,
            int n,
            Dropout dropout,
            int first) {
        int low = (int) dropout.key();
        int high = (int) (dropout.key() >>> 32);
        int limit = dropout.threshold() - 1;
        int scale = Float.floatToRawIntBits(dropout.scale());
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector mask = VectorMath.multipliers(first + i, low, high, limit, scale);
            store(mask.fma(load(x, xAt + i), load(residual, residualAt + i)), out, outAt + i);
        }
    }

    void activate(Activation f, HostMemory x, long xAt, HostMemory out, long outAt, int n, Dropout dropout, int first) {
        for (int i = 0; i < n; i += BLOCK) {
            int part = Math.min(BLOCK, n - i);
            switch (f) {
                case RELU -> relu(x, xAt + i, out, outAt + i, part);
                case GELU_TANH -> activate(Sigmoidal.GELU, x, xAt + i, out, outAt + i, part);
                case SILU -> activate(Sigmoidal.SILU, x, xAt + i, out, outAt + i, part);
            }
            if (dropout.active()) {
                dropout(out, outAt + i, 1, out, outAt + i, part, dropout, first + i);
            }
        }
    }

    void activateBackward(
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
        for (int i = 0; i < n; i += BLOCK) {
            int part = Math.min(BLOCK, n - i);
            lanes.dropout(dOut, dOutAt + i, 1, dX, dXAt + i, part, dropout, first + i);
            switch (f) {
                case RELU -> reluBackward(x, xAt + i, dX, dXAt + i, part);
                case GELU_TANH -> activateBackward(Sigmoidal.GELU, x, xAt + i, dX, dXAt + i, part);
                case SILU -> activateBackward(Sigmoidal.SILU, x, xAt + i, dX, dXAt + i, part);
            }
        }
    }

    void gate(
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
        for (int i = 0; i < n; i += BLOCK) {
            int part = Math.min(BLOCK, n - i);
            switch (f) {
                case RELU -> reluGate(gate, gateAt + i, linear, linearAt + i, out, outAt + i, part);
                case GELU_TANH -> gate(Sigmoidal.GELU, gate, gateAt + i, linear, linearAt + i, out, outAt + i, part);
                case SILU -> gate(Sigmoidal.SILU, gate, gateAt + i, linear, linearAt + i, out, outAt + i, part);
            }
            if (dropout.active()) {
                dropout(out, outAt + i, 1, out, outAt + i, part, dropout, first + i);
            }
        }
    }

    void gateBackwardInPlace(
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
        int whole = FLOATS.loopBound(n);
        int count;
        for (int i = 0; i < n; i += count) {
            boolean last = i == whole;
            count = last ? STEP : Math.min(BLOCK, whole - i);
            if (last) {
                takeThree(dOut, dOutAt + i, gate, gateAt + i, linear, linearAt + i, n - i);
            }
            HostMemory d = last ? tail.slot(0) : dOut;
            HostMemory x = last ? tail.slot(1) : gate;
            HostMemory y = last ? tail.slot(2) : linear;
            long dAt = last ? 0 : dOutAt + i;
            wholeGateBackward(
                    f, d, dAt, x, last ? 0 : gateAt + i, y, last ? 0 : linearAt + i, count, dropout, first + i);
            if (last) {
                giveThree(dOut, dOutAt + i, gate, gateAt + i, linear, linearAt + i, n - i);
            }
        }
    }

    /** In several passes over a block, as the compiler puts vectors on the heap when all of it is in one loop. */
    private void wholeGateBackward(
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
        switch (f) {
            case RELU -> wholeReluGateGradient(dOut, dOutAt, gate, gateAt, linear, linearAt, scratch, n);
            case GELU_TANH -> gateGradient(Sigmoidal.GELU, dOut, dOutAt, gate, gateAt, linear, linearAt, n);
            case SILU -> gateGradient(Sigmoidal.SILU, dOut, dOutAt, gate, gateAt, linear, linearAt, n);
        }
        if (dropout.active()) {
            wholeDropoutOfTwo(gate, gateAt, scratch, n, dropout, first);
        }
        wholeProducts(dOut, dOutAt, linear, linearAt, scratch, n);
    }

    /** {@code x *= mask} and {@code y *= mask}. */
    private static void wholeDropoutOfTwo(HostMemory x, long xAt, HostMemory y, int n, Dropout dropout, int first) {
        int low = (int) dropout.key();
        int high = (int) (dropout.key() >>> 32);
        int limit = dropout.threshold() - 1;
        int scale = Float.floatToRawIntBits(dropout.scale());
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector mask = VectorMath.multipliers(first + i, low, high, limit, scale);
            store(mask.mul(load(x, xAt + i)), x, xAt + i);
            store(mask.mul(load(y, i)), y, i);
        }
    }

    /** {@code x = y z} and {@code y = x z}, of what was before. */
    private static void wholeProducts(HostMemory x, long xAt, HostMemory y, long yAt, HostMemory z, int n) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector factor = load(z, i);
            FloatVector product = load(x, xAt + i).mul(factor);
            store(load(y, yAt + i).mul(factor), x, xAt + i);
            store(product, y, yAt + i);
        }
    }

    // ---- RELU --------------------------------------------------------------------------------------------------

    private void relu(HostMemory x, long xAt, HostMemory out, long outAt, int n) {
        wholeRelu(x, xAt, out, outAt, n);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            wholeRelu(tail.take(0, x, xAt + i, n - i, 0), 0, tail.slot(1), 0, STEP);
            tail.give(1, out, outAt + i, n - i);
        }
    }

    private static void wholeRelu(HostMemory x, long xAt, HostMemory out, long outAt, int n) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(VectorMath.relu(load(x, xAt + i)), out, outAt + i);
        }
    }

    /** {@code dX *= f'(x)}. */
    private void reluBackward(HostMemory x, long xAt, HostMemory dX, long dXAt, int n) {
        wholeReluBackward(x, xAt, dX, dXAt, n);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            wholeReluBackward(tail.take(0, x, xAt + i, n - i, 0), 0, tail.take(1, dX, dXAt + i, n - i, 0), 0, STEP);
            tail.give(1, dX, dXAt + i, n - i);
        }
    }

    private static void wholeReluBackward(HostMemory x, long xAt, HostMemory dX, long dXAt, int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(zero.blend(load(dX, dXAt + i), load(x, xAt + i).compare(GT, 0f)), dX, dXAt + i);
        }
    }

    private void reluGate(
            HostMemory gate, long gateAt, HostMemory linear, long linearAt, HostMemory out, long outAt, int n) {
        wholeReluGate(gate, gateAt, linear, linearAt, out, outAt, n);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            int rest = n - i;
            HostMemory other = tail.take(1, linear, linearAt + i, rest, 0);
            wholeReluGate(tail.take(0, gate, gateAt + i, rest, 0), 0, other, 0, tail.slot(2), 0, STEP);
            tail.give(2, out, outAt + i, rest);
        }
    }

    private static void wholeReluGate(
            HostMemory gate, long gateAt, HostMemory linear, long linearAt, HostMemory out, long outAt, int n) {
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            store(VectorMath.relu(load(gate, gateAt + i)).mul(load(linear, linearAt + i)), out, outAt + i);
        }
    }

    /** {@code gate = dOut f'(gate) linear} and {@code value = f(gate)}. */
    private static void wholeReluGateGradient(
            HostMemory dOut,
            long dOutAt,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            HostMemory value,
            int n) {
        FloatVector zero = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector x = load(gate, gateAt + i);
            store(VectorMath.relu(x), value, i);
            FloatVector product = load(dOut, dOutAt + i).mul(load(linear, linearAt + i));
            store(zero.blend(product, x.compare(GT, 0f)), gate, gateAt + i);
        }
    }

    // ---- GELU, SILU --------------------------------------------------------------------------------------------

    private void activate(Sigmoidal f, HostMemory x, long xAt, HostMemory out, long outAt, int n) {
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < n; i = i < whole ? whole : n) {
            boolean last = i == whole;
            HostMemory from = last ? tail.take(0, x, xAt + i, n - i, 0) : x;
            HostMemory to = last ? tail.slot(1) : out;
            wholeActivate(f, from, last ? 0 : xAt, to, last ? 0 : outAt, last ? STEP : whole);
            if (last) {
                tail.give(1, out, outAt + i, n - i);
            }
        }
    }

    private static void wholeActivate(Sigmoidal f, HostMemory x, long xAt, HostMemory out, long outAt, int n) {
        float limit = f.limit();
        float a = f.a();
        float b = f.b();
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector values = VectorMath.atLeast(load(x, xAt + i), -limit);
            store(
                    values.div(VectorMath.inverse(VectorMath.atMost(values, limit), a, b)
                            .add(1f)),
                    out,
                    outAt + i);
        }
    }

    /** {@code dX *= f'(x)}. */
    private void activateBackward(Sigmoidal f, HostMemory x, long xAt, HostMemory dX, long dXAt, int n) {
        wholeInverse(f, x, xAt, scratch, n);
        wholeSlope(f, x, xAt, scratch, dX, dXAt, n);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            activateBackward(f, tail.take(0, x, xAt + i, n - i, 0), 0, tail.take(1, dX, dXAt + i, n - i, 0), 0, STEP);
            tail.give(1, dX, dXAt + i, n - i);
        }
    }

    /** {@code dX *= f'(x)}, with {@code e} of {@link #wholeInverse}. */
    private static void wholeSlope(Sigmoidal f, HostMemory x, long xAt, HostMemory e, HostMemory dX, long dXAt, int n) {
        float limit = f.limit();
        float a = f.a();
        float b = f.b();
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector values = VectorMath.atMost(VectorMath.atLeast(load(x, xAt + i), -limit), limit);
            FloatVector inverse = load(e, i);
            FloatVector sigmoid = FloatVector.broadcast(FLOATS, 1f).div(inverse.add(1f));
            store(VectorMath.slope(values, inverse, sigmoid, a, b).mul(load(dX, dXAt + i)), dX, dXAt + i);
        }
    }

    private void gate(
            Sigmoidal f,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            HostMemory out,
            long outAt,
            int n) {
        wholeGate(f, gate, gateAt, linear, linearAt, out, outAt, n);
        int i = FLOATS.loopBound(n);
        if (i < n) {
            int rest = n - i;
            HostMemory other = tail.take(1, linear, linearAt + i, rest, 0);
            wholeGate(f, tail.take(0, gate, gateAt + i, rest, 0), 0, other, 0, tail.slot(2), 0, STEP);
            tail.give(2, out, outAt + i, rest);
        }
    }

    private static void wholeGate(
            Sigmoidal f,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            HostMemory out,
            long outAt,
            int n) {
        float limit = f.limit();
        float a = f.a();
        float b = f.b();
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector x = VectorMath.atLeast(load(gate, gateAt + i), -limit);
            FloatVector product = x.mul(load(linear, linearAt + i));
            store(
                    product.div(VectorMath.inverse(VectorMath.atMost(x, limit), a, b)
                            .add(1f)),
                    out,
                    outAt + i);
        }
    }

    /** {@code gate = dOut f'(gate) linear}, and f(gate) into the scratch memory. */
    private void gateGradient(
            Sigmoidal f,
            HostMemory dOut,
            long dOutAt,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            int n) {
        wholeInverse(f, gate, gateAt, scratch, n);
        wholeGateGradient(f, dOut, dOutAt, gate, gateAt, linear, linearAt, scratch, n);
    }

    /** {@code e} becomes {@link VectorMath#inverse} of {@code x}. */
    private static void wholeInverse(Sigmoidal f, HostMemory x, long xAt, HostMemory e, int n) {
        float limit = f.limit();
        float a = f.a();
        float b = f.b();
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector values = VectorMath.atMost(VectorMath.atLeast(load(x, xAt + i), -limit), limit);
            store(VectorMath.inverse(values, a, b), e, i);
        }
    }

    /** {@code gate = dOut f'(gate) linear} and {@code e = f(gate)}. */
    private static void wholeGateGradient(
            Sigmoidal f,
            HostMemory dOut,
            long dOutAt,
            HostMemory gate,
            long gateAt,
            HostMemory linear,
            long linearAt,
            HostMemory e,
            int n) {
        float limit = f.limit();
        float a = f.a();
        float b = f.b();
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            FloatVector x = VectorMath.atLeast(load(gate, gateAt + i), -limit);
            FloatVector inverse = load(e, i);
            FloatVector sigmoid = FloatVector.broadcast(FLOATS, 1f).div(inverse.add(1f));
            store(x.mul(sigmoid), e, i);
            FloatVector slope = VectorMath.slope(VectorMath.atMost(x, limit), inverse, sigmoid, a, b);
            store(slope.mul(load(dOut, dOutAt + i)).mul(load(linear, linearAt + i)), gate, gateAt + i);
        }
    }

    private void takeThree(HostMemory a, long aAt, HostMemory b, long bAt, HostMemory c, long cAt, int count) {
        tail.take(0, a, aAt, count, 0);
        tail.take(1, b, bAt, count, 0);
        tail.take(2, c, cAt, count, 0);
    }

    private void giveThree(HostMemory a, long aAt, HostMemory b, long bAt, HostMemory c, long cAt, int count) {
        tail.give(0, a, aAt, count);
        tail.give(1, b, bAt, count);
        tail.give(2, c, cAt, count);
    }
}
