package org.t5j.core.kernel.cpu;

import static jdk.incubator.vector.VectorOperators.ADD;
import static org.t5j.core.kernel.cpu.VectorMemory.FLOATS;
import static org.t5j.core.kernel.cpu.VectorMemory.STEP;
import static org.t5j.core.kernel.cpu.VectorMemory.get;
import static org.t5j.core.kernel.cpu.VectorMemory.load;
import static org.t5j.core.kernel.cpu.VectorMemory.set;

import jdk.incubator.vector.FloatVector;
import org.t5j.core.tensor.HostMemory;

/** The inner products of {@link VectorLanes}. */
final class VectorProducts {
    private static final int ROWS = 4;

    private VectorProducts() {}

    /** {@link Lanes#dot}. */
    static float dot(HostMemory x, long xAt, HostMemory y, long yAt, int n) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= n - 4 * STEP; i += 4 * STEP) {
            a = load(x, xAt + i).fma(load(y, yAt + i), a);
            b = load(x, xAt + i + STEP).fma(load(y, yAt + i + STEP), b);
            c = load(x, xAt + i + 2 * STEP).fma(load(y, yAt + i + 2 * STEP), c);
            d = load(x, xAt + i + 3 * STEP).fma(load(y, yAt + i + 3 * STEP), d);
        }
        for (; i <= n - STEP; i += STEP) {
            a = load(x, xAt + i).fma(load(y, yAt + i), a);
        }
        return a.add(b).add(c.add(d)).reduceLanes(ADD) + restOfDot(x, xAt, y, yAt, i, n);
    }

    /** {@link Lanes#matmulFewRows}: four rows of w at a time, which stay in the cache for the next rows of x. */
    static void matmulFewRows(
            HostMemory x,
            long xAt,
            int m,
            HostMemory w,
            long wAt,
            int n,
            int k,
            float alpha,
            float beta,
            HostMemory out,
            long outAt,
            long outStride) {
        int j = 0;
        for (; j <= n - ROWS; j += ROWS) {
            for (int i = 0; i < m; i++) {
                rowTimesFour(
                        x, xAt + (long) i * k, w, wAt + (long) j * k, k, alpha, beta, out, outAt + i * outStride + j);
            }
        }
        for (; j < n; j++) {
            for (int i = 0; i < m; i++) {
                float product = dot(x, xAt + (long) i * k, w, wAt + (long) j * k, k);
                put(alpha * product, beta, out, outAt + i * outStride + j);
            }
        }
    }

    private static void rowTimesFour(
            HostMemory x,
            long xAt,
            HostMemory w,
            long wAt,
            int k,
            float alpha,
            float beta,
            HostMemory out,
            long outAt) {
        long bAt = wAt + k;
        long cAt = bAt + k;
        long dAt = cAt + k;
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i <= k - STEP; i += STEP) {
            FloatVector row = load(x, xAt + i);
            a = row.fma(load(w, wAt + i), a);
            b = row.fma(load(w, bAt + i), b);
            c = row.fma(load(w, cAt + i), c);
            d = row.fma(load(w, dAt + i), d);
        }
        put(alpha * (a.reduceLanes(ADD) + restOfDot(x, xAt, w, wAt, i, k)), beta, out, outAt);
        put(alpha * (b.reduceLanes(ADD) + restOfDot(x, xAt, w, bAt, i, k)), beta, out, outAt + 1);
        put(alpha * (c.reduceLanes(ADD) + restOfDot(x, xAt, w, cAt, i, k)), beta, out, outAt + 2);
        put(alpha * (d.reduceLanes(ADD) + restOfDot(x, xAt, w, dAt, i, k)), beta, out, outAt + 3);
    }

    private static float restOfDot(HostMemory x, long xAt, HostMemory y, long yAt, int from, int n) {
        float sum = 0;
        for (int i = from; i < n; i++) {
            sum += get(x, xAt + i) * get(y, yAt + i);
        }
        return sum;
    }

    private static void put(float product, float beta, HostMemory out, long outAt) {
        set(out, outAt, beta == 0 ? product : product + beta * get(out, outAt));
    }
}
