package org.t5j.core.kernel.cpu;

import static org.t5j.core.kernel.cpu.VectorMemory.FLOATS;
import static org.t5j.core.kernel.cpu.VectorMemory.STEP;
import static org.t5j.core.kernel.cpu.VectorMemory.get;
import static org.t5j.core.kernel.cpu.VectorMemory.load;
import static org.t5j.core.kernel.cpu.VectorMemory.set;
import static org.t5j.core.kernel.cpu.VectorMemory.store;

import jdk.incubator.vector.FloatVector;
import org.t5j.core.tensor.HostMemory;

/** Weighted sums of rows for {@link VectorLanes}: as many columns at a time as four vectors hold, then one vector. */
final class VectorRowSums {
    private VectorRowSums() {}

    /** {@link Lanes#sumRows}. */
    static void sumRows(
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
        int l = 0;
        for (; l <= k - 4 * STEP; l += 4 * STEP) {
            wholeFour(factors, factorsAt, w, wAt + l, stride, rows, start, n, out, outAt + l);
        }
        for (; l <= k - STEP; l += STEP) {
            wholeOne(factors, factorsAt, w, wAt + l, stride, rows, start, n, out, outAt + l);
        }
        for (; l < k; l++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum = Math.fma(get(factors, factorsAt + j), get(w, wAt + rows[start + j] * stride + l), sum);
            }
            set(out, outAt + l, sum);
        }
    }

    private static void wholeFour(
            HostMemory factors,
            long factorsAt,
            HostMemory w,
            long wAt,
            long stride,
            int[] rows,
            int start,
            int n,
            HostMemory out,
            long outAt) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int j = 0; j < n; j++) {
            FloatVector factor = FloatVector.broadcast(FLOATS, get(factors, factorsAt + j));
            long at = wAt + rows[start + j] * stride;
            a = factor.fma(load(w, at), a);
            b = factor.fma(load(w, at + STEP), b);
            c = factor.fma(load(w, at + 2 * STEP), c);
            d = factor.fma(load(w, at + 3 * STEP), d);
        }
        store(a, out, outAt);
        store(b, out, outAt + STEP);
        store(c, out, outAt + 2 * STEP);
        store(d, out, outAt + 3 * STEP);
    }

    private static void wholeOne(
            HostMemory factors,
            long factorsAt,
            HostMemory w,
            long wAt,
            long stride,
            int[] rows,
            int start,
            int n,
            HostMemory out,
            long outAt) {
        FloatVector a = FloatVector.zero(FLOATS);
        for (int j = 0; j < n; j++) {
            a = load(w, wAt + rows[start + j] * stride)
                    .fma(FloatVector.broadcast(FLOATS, get(factors, factorsAt + j)), a);
        }
        store(a, out, outAt);
    }
}
