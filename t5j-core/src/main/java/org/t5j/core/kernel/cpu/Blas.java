package org.t5j.core.kernel.cpu;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.t5j.core.tensor.HostMemory;

/**
 * Matrix products on parts of row-major matrices, by the BLAS library that ND4J has loaded. Each product runs on the
 * thread that asks for it; several threads may ask at a time, each with its own {@link Worker}.
 */
final class Blas {
    private final Operands[] operands;

    /**
     * Sets the BLAS library to one thread. That holds for the whole process, ND4J's own matrix products included, until
     * somebody sets it anew ({@link org.t5j.core.tensor.Nd4jBackend#setThreads} does): products stay right then, but the
     * threads are too many.
     *
     * @param workers number of {@link Worker}s that may ask
     */
    Blas(int workers) {
        openblas_nolapack.blas_set_num_threads(1);
        operands = new Operands[workers];
        for (int i = 0; i < workers; i++) {
            operands[i] = new Operands();
        }
    }

    /**
     * {@code c = alpha op(a) op(b) + beta c}, where op transposes if asked to. With {@code beta} 0 what {@code c} held
     * does not matter, NaN included; with {@code k} 0 the product is 0. Nothing is allocated.
     *
     * @param m rows of op(a) and c
     * @param n columns of op(b) and c
     * @param k columns of op(a) and rows of op(b)
     * @param aAt index in {@code a} of the matrix's first float; {@code bAt}, {@code cAt} alike
     * @param lda floats from one row of the matrix in {@code a}, as it stands in memory, to the next; {@code ldb},
     *     {@code ldc} alike
     * @param c does not overlap {@code a} or {@code b}
     * @throws IllegalArgumentException where a matrix does not fit its memory or its rows overlap
     */
    void gemm(
            Worker worker,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float alpha,
            HostMemory a,
            long aAt,
            int lda,
            HostMemory b,
            long bAt,
            int ldb,
            float beta,
            HostMemory c,
            long cAt,
            int ldc) {
        requireFit("a", a, aAt, transposeA ? k : m, transposeA ? m : k, lda);
        requireFit("b", b, bAt, transposeB ? n : k, transposeB ? k : n, ldb);
        requireFit("c", c, cAt, m, n, ldc);
        if (m == 0 || n == 0) {
            return;
        }
        Operands pointers = operands[worker.index()];
        openblas_nolapack.cblas_sgemm(
                CblasRowMajor,
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                alpha,
                pointers.a.at(a, aAt),
                Math.max(1, lda),
                pointers.b.at(b, bAt),
                Math.max(1, ldb),
                beta,
                pointers.c.at(c, cAt),
                ldc);
    }

    private static void requireFit(String name, HostMemory memory, long at, int rows, int columns, int stride) {
        if (rows < 0 || columns < 0 || stride < columns) {
            throw new IllegalArgumentException("Matrix " + name + " of gemm must have at least 0 rows and columns and a"
                    + " leading dimension of at least its columns, found " + rows + " rows, " + columns
                    + " columns, leading dimension " + stride);
        }
        long floats = rows == 0 || columns == 0 ? 0 : (rows - 1L) * stride + columns;
        if (at < 0 || floats > memory.length() - at) {
            throw new IllegalArgumentException("Matrix " + name + " of gemm, " + rows + " x " + columns
                    + " with leading dimension " + stride + " from " + at + ", does not fit a memory of "
                    + memory.length() + " floats");
        }
    }

    /** The three pointers of a product, used again and again by one thread. */
    private static final class Operands {
        final MovablePointer a = new MovablePointer();
        final MovablePointer b = new MovablePointer();
        final MovablePointer c = new MovablePointer();
    }

    /** A pointer to memory that it does not own. */
    private static final class MovablePointer extends FloatPointer {
        MovablePointer() {
            super((Pointer) null);
        }

        MovablePointer at(HostMemory memory, long index) {
            address = memory.address() + index * Float.BYTES;
            return this;
        }
    }
}
