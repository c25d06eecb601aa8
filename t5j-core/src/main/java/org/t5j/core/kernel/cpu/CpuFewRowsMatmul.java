package org.t5j.core.kernel.cpu;

import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;

/**
 * {@code out = alpha a bᵀ + beta out} where {@code a} has few rows, as in decoding: {@code b} is read once, and little
 * else is. It is cut into pieces so small that BLAS multiplies where operands stand instead of copying them first. From
 * three rows on each piece is computed as {@code b aᵀ}, for which OpenBLAS is half as fast again (8 rows, 512 columns: 19
 * instead of 13 GB/s of {@code b}), and transposed. Not thread-safe.
 */
final class CpuFewRowsMatmul implements Task, AutoCloseable {
    private static final int MOST_ROWS = 16;

    /** Up to so many multiplications OpenBLAS does not copy its operands. */
    private static final int SMALL_PRODUCT = 1_000_000;

    private static final int STEP = 16;
    private static final int MOST_COLUMNS = 128;
    private static final int LEAST_TRANSPOSED = 3;

    private final Workers workers;
    private final Blas blas;
    private final Scratch scratch;

    private HostMemory a;
    private HostMemory b;
    private HostMemory out;
    private HostMemory pieces;
    private float alpha;
    private float beta;
    private int m;
    private int n;
    private int k;
    private int columns;

    /** @param blas for at least as many workers */
    CpuFewRowsMatmul(Workers workers, Blas blas, Backend backend) {
        this.workers = workers;
        this.blas = blas;
        this.scratch = new Scratch(backend);
    }

    /** Whether this is the way to multiply {@code m} rows of {@code k} columns. */
    static boolean suits(int m, int k) {
        return m <= MOST_ROWS && columns(m, k) > 0;
    }

    private static int columns(int m, int k) {
        return Math.min(MOST_COLUMNS, SMALL_PRODUCT / Math.max(1, m * k) / STEP * STEP);
    }

    /** The product of {@code newA}, [newM, newK], with {@code newB}, [newN, newK], transposed. */
    void matmul(
            HostMemory newA,
            HostMemory newB,
            float newAlpha,
            float newBeta,
            HostMemory newOut,
            int newM,
            int newN,
            int newK) {
        a = newA;
        b = newB;
        out = newOut;
        alpha = newAlpha;
        beta = newBeta;
        m = newM;
        n = newN;
        k = newK;
        columns = columns(m, k);
        pieces = scratch.reserve(workers.count(), MOST_ROWS * MOST_COLUMNS);
        workers.run((n - 1) / columns + 1, 1, this);
    }

    @Override
    public void run(Worker worker, int from, int to) {
        for (int piece = from; piece < to; piece++) {
            int column = piece * columns;
            int count = Math.min(columns, n - column);
            long bAt = (long) column * k;
            if (m < LEAST_TRANSPOSED) {
                blas.gemm(worker, false, true, m, count, k, alpha, a, 0, k, b, bAt, k, beta, out, column, n);
            } else {
                long at = scratch.part(worker.index());
                blas.gemm(worker, false, true, count, m, k, alpha, b, bAt, k, a, 0, k, 0, pieces, at, m);
                transpose(at, column, count);
            }
        }
    }

    private void transpose(long at, int column, int count) {
        for (int i = 0; i < m; i++) {
            long outAt = (long) i * n + column;
            for (int j = 0; j < count; j++) {
                float before = beta == 0 ? 0 : beta * out.get(outAt + j);
                out.set(outAt + j, pieces.get(at + (long) j * m + i) + before);
            }
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
