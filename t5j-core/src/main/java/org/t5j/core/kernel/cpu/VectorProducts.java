package org.t5j.core.kernel.cpu;

import static jdk.incubator.vector.VectorOperators.ADD;
import static org.t5j.core.kernel.cpu.VectorMemory.FLOATS;
import static org.t5j.core.kernel.cpu.VectorMemory.STEP;
import static org.t5j.core.kernel.cpu.VectorMemory.get;
import static org.t5j.core.kernel.cpu.VectorMemory.load;
import static org.t5j.core.kernel.cpu.VectorMemory.set;
import static org.t5j.core.kernel.cpu.VectorMemory.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import org.t5j.core.tensor.HostMemory;

/**
 * The inner products of {@link VectorLanes}. Those with several rows are computed four or sixteen at a time, each in a
 * vector of its own and in the same order whatever the others are; four such vectors are summed up together.
 */
final class VectorProducts {
    private static final int GROUP = 4;
    private static final int ROWS = 2;

    private static final VectorMask<Float> ODD = VectorMask.fromLong(FLOATS, 0xAAAA_AAAA_AAAA_AAAAL);
    private static final VectorMask<Float> EVEN = ODD.not();
    private static final VectorMask<Float> HIGH = VectorMask.fromLong(FLOATS, 0xCCCC_CCCC_CCCC_CCCCL);
    private static final VectorMask<Float> LOW = HIGH.not();
    private static final VectorShuffle<Float> SWAP_1 = swap(1);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorShuffle<Float> SWAP_8 = swap(8);

    /** The sums of two rows of x with four of w, a vector each, and before that each sum in a vector of its own. */
    private final VectorTail sums = new VectorTail(2);

    private final VectorTail partial = new VectorTail(2 * GROUP);

    /** Exchanges lanes whose numbers differ by {@code distance}. */
    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % STEP);
    }

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
    void matmulFewRows(
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
        for (int j = 0; j < n; j += GROUP) {
            int columns = Math.min(GROUP, n - j);
            long at = wAt + (long) j * k;
            for (int i = 0; i < m; i += ROWS) {
                int rows = Math.min(ROWS, m - i);
                long from = xAt + (long) i * k;
                products(x, from, rows, w, at, columns, k);
                for (int row = 0; row < rows; row++) {
                    long rowAt = outAt + (i + row) * outStride + j;
                    put(x, from + (long) row * k, row, w, at, columns, k, alpha, beta, out, rowAt);
                }
            }
        }
    }

    /** The sums of one or two rows with up to four, over whole vectors. Where there are fewer, the last one is repeated. */
    private void products(HostMemory x, long xAt, int rows, HostMemory w, long wAt, int columns, int k) {
        long b = wAt + (columns > 1 ? k : 0);
        long c = b + (columns > 2 ? k : 0);
        long d = c + (columns > 3 ? k : 0);
        if (rows == 1) {
            wholeRowTimesFour(x, xAt, w, wAt, b, c, d, k, partial);
        } else {
            wholeTwoTimesFour(x, xAt, xAt + k, w, wAt, b, c, d, k, partial);
        }
        for (int row = 0; row < rows; row++) {
            wholeSum(partial, row * GROUP, sums.slot(row));
        }
    }

    private void put(
            HostMemory x,
            long xAt,
            int row,
            HostMemory w,
            long wAt,
            int columns,
            int k,
            float alpha,
            float beta,
            HostMemory out,
            long outAt) {
        HostMemory products = sums.slot(row);
        int whole = FLOATS.loopBound(k);
        for (int j = 0; j < columns; j++) {
            float product = get(products, j);
            if (whole < k) {
                product += restOfDot(x, xAt, w, wAt + (long) j * k, whole, k);
            }
            product *= alpha;
            set(out, outAt + j, beta == 0 ? product : product + beta * get(out, outAt + j));
        }
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
        int whole = FLOATS.loopBound(k);
        HostMemory products = sums.slot(0);
        for (int j = 0; j < n; j += GROUP) {
            int columns = Math.min(GROUP, n - j);
            int from = start + j;
            long a = wAt + rows[from] * stride;
            long b = columns > 1 ? wAt + rows[from + 1] * stride : a;
            long c = columns > 2 ? wAt + rows[from + 2] * stride : a;
            long d = columns > 3 ? wAt + rows[from + 3] * stride : a;
            wholeRowTimesFour(x, xAt, w, a, b, c, d, k, partial);
            wholeSum(partial, 0, products);
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

    /** {@link #wholeRowTimesFour} for two rows of x: fewer loads for a product. */
    private static void wholeTwoTimesFour(
            HostMemory x,
            long x0,
            long x1,
            HostMemory w,
            long aAt,
            long bAt,
            long cAt,
            long dAt,
            int k,
            VectorTail partial) {
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int i = 0; i <= k - STEP; i += STEP) {
            FloatVector row0 = load(x, x0 + i);
            FloatVector row1 = load(x, x1 + i);
            FloatVector column = load(w, aAt + i);
            a0 = row0.fma(column, a0);
            a1 = row1.fma(column, a1);
            column = load(w, bAt + i);
            b0 = row0.fma(column, b0);
            b1 = row1.fma(column, b1);
            column = load(w, cAt + i);
            c0 = row0.fma(column, c0);
            c1 = row1.fma(column, c1);
            column = load(w, dAt + i);
            d0 = row0.fma(column, d0);
            d1 = row1.fma(column, d1);
        }
        store(a0, partial.slot(0), 0);
        store(b0, partial.slot(1), 0);
        store(c0, partial.slot(2), 0);
        store(d0, partial.slot(3), 0);
        store(a1, partial.slot(4), 0);
        store(b1, partial.slot(5), 0);
        store(c1, partial.slot(6), 0);
        store(d1, partial.slot(7), 0);
    }

    /** The sums of the lanes of four vectors, from slot {@code first} on, in lanes 0 to 3. */
    private static void wholeSum(VectorTail partial, int first, HostMemory sums) {
        FloatVector a = load(partial.slot(first), 0);
        FloatVector b = load(partial.slot(first + 1), 0);
        FloatVector c = load(partial.slot(first + 2), 0);
        FloatVector d = load(partial.slot(first + 3), 0);
        FloatVector ab = a.blend(b, ODD).add(a.blend(b, EVEN).rearrange(SWAP_1));
        FloatVector cd = c.blend(d, ODD).add(c.blend(d, EVEN).rearrange(SWAP_1));
        FloatVector total = ab.blend(cd, HIGH).add(ab.blend(cd, LOW).rearrange(SWAP_2));
        if (STEP > 4) {
            total = total.add(total.rearrange(SWAP_4));
        }
        if (STEP > 8) {
            total = total.add(total.rearrange(SWAP_8));
        }
        store(total, sums, 0);
    }
}
