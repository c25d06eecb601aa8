package org.t5j.core.kernel.cpu;

import static org.t5j.core.kernel.cpu.VectorMemory.FLOATS;
import static org.t5j.core.kernel.cpu.VectorMemory.STEP;
import static org.t5j.core.kernel.cpu.VectorMemory.get;
import static org.t5j.core.kernel.cpu.VectorMemory.load;
import static org.t5j.core.kernel.cpu.VectorMemory.set;
import static org.t5j.core.kernel.cpu.VectorMemory.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.t5j.core.tensor.HostMemory;

/**
 * The inner products of {@link VectorLanes}, four rows at a time. Each is computed in the same order whatever the others
 * are.
 */
final class VectorProducts {
    private static final int ROWS = 4;

    private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0xAAAA_AAAA_AAAA_AAAAL);
    private static final VectorMask<Float> EVEN = ODD.not();
    private static final VectorMask<Float> HIGH = VectorMask.fromLong(FLOATS, 0xCCCC_CCCC_CCCC_CCCCL);
    private static final VectorMask<Float> LOW = HIGH.not();

    /** Sums of short products, four in a vector, and before that each in a vector of its own. */
    private final VectorTail sums = new VectorTail(1);

    private final VectorTail partial = new VectorTail(ROWS);

    /** {@link Lanes#dot}. */
    static float blockDot(HostMemory x, long xAt, HostMemory y, long yAt, int n) {
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
        return VectorMath.sum(a.add(b).add(c.add(d))) + restOfDot(x, xAt, y, yAt, i, n);
    }

    /** {@link Lanes#dotRows}. */
    void dotRows(
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
        if (k < ROWS * STEP) {
            for (int j = 0; j < n; j++) {
                set(out, outAt + j, blockDot(x, xAt, w, wAt + rows[start + j] * stride, k));
            }
            return;
        }
        int whole = FLOATS.loopBound(k);
        HostMemory products = sums.slot(0);
        for (int j = 0; j < n; j += ROWS) {
            int columns = Math.min(ROWS, n - j);
            int from = start + j;
            long a = wAt + rows[from] * stride;
            long b = columns > 1 ? wAt + rows[from + 1] * stride : a;
            long c = columns > 2 ? wAt + rows[from + 2] * stride : a;
            long d = columns > 3 ? wAt + rows[from + 3] * stride : a;
            wholeRowTimesFour(x, xAt, w, a, b, c, d, k, partial);
            wholeSum(partial, products);
            for (int column = 0; column < columns; column++) {
                float product = get(products, column);
                if (whole < k) {
                    product += restOfDot(x, xAt, w, wAt + rows[from + column] * stride, whole, k);
                }
                set(out, outAt + j + column, product);
            }
        }
    }

    private static float restOfDot(HostMemory x, long xAt, HostMemory y, long yAt, int from, int n) {
        float sum = 0;
        for (int i = from; i < n; i++) {
            sum += get(x, xAt + i) * get(y, yAt + i);
        }
        return sum;
    }

    /** The products of a row with four rows of w, each in a vector whose lanes {@link #wholeSum} sums up. */
    private static void wholeRowTimesFour(
            HostMemory x, long xAt, HostMemory w, long aAt, long bAt, long cAt, long dAt, int k, VectorTail partial) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int i = 0; i <= k - STEP; i += STEP) {
            FloatVector row = load(x, xAt + i);
            a = row.fma(load(w, aAt + i), a);
            b = row.fma(load(w, bAt + i), b);
            c = row.fma(load(w, cAt + i), c);
            d = row.fma(load(w, dAt + i), d);
        }
        store(a, partial.slot(0), 0);
        store(b, partial.slot(1), 0);
        store(c, partial.slot(2), 0);
        store(d, partial.slot(3), 0);
    }

    /** The sums of the lanes of four vectors, in lanes 0 to 3. */
    private static void wholeSum(VectorTail partial, HostMemory sums) {
        FloatVector a = load(partial.slot(0), 0);
        FloatVector b = load(partial.slot(1), 0);
        FloatVector c = load(partial.slot(2), 0);
        FloatVector d = load(partial.slot(3), 0);
        FloatVector ab = a.blend(b, ODD).add(a.blend(b, EVEN).rearrange(VectorMath.SWAP_1));
        FloatVector cd = c.blend(d, ODD).add(c.blend(d, EVEN).rearrange(VectorMath.SWAP_1));
        FloatVector total = ab.blend(cd, HIGH).add(ab.blend(cd, LOW).rearrange(VectorMath.SWAP_2));
        if (STEP > 4) {
            total = total.add(total.rearrange(VectorMath.SWAP_4));
        }
        if (STEP > 8) {
            total = total.add(total.rearrange(VectorMath.SWAP_8));
        }
        store(total, sums, 0);
    }
}
