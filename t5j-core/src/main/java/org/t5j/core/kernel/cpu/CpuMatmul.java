package org.t5j.core.kernel.cpu;

import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

/**
 * Products of whole matrices, divided among {@link Workers}: the output is cut into tiles, each of which is one product
 * on one thread. The cut depends on the shape only, so results do not depend on the number of threads. Not thread-safe.
 */
final class CpuMatmul implements AutoCloseable {
    /** Sides of the largest tile. */
    private static final int TILE_ROWS = 1024;

    private static final int TILE_COLUMNS = 1024;
    private static final int FEWEST_TILES = 4;
    private static final int MOST_TILES = 48;
    /** Of a tile, multiplications for each number that BLAS copies into its own layout before it multiplies. */
    private static final int LEAST_REUSE = 80;
    /** What BLAS kernels like the sides of a tile to be a multiple of. */
    private static final int STEP = 16;

    private final Workers workers;
    private final Blas blas;
    private final CpuFewRowsMatmul fewRows;
    private final Task tiles = this::runTiles;

    private HostMemory a;
    private HostMemory b;
    private HostMemory out;
    private boolean transposeA;
    private boolean transposeB;
    private float alpha;
    private float beta;
    private int m;
    private int n;
    private int k;
    private int tileRows;
    private int tileColumns;

    /** @param blas for at least as many workers */
    CpuMatmul(Workers workers, Blas blas, Backend backend) {
        this.workers = workers;
        this.blas = blas;
        this.fewRows = new CpuFewRowsMatmul(workers, blas, backend);
    }

    /**
     * {@code out = alpha op(a) op(b) + beta out} for matrices, where op transposes if asked to. With {@code beta} 0 what
     * {@code out} held does not matter. {@code out} does not overlap the others.
     *
     * @throws IllegalArgumentException where the shapes do not match
     */
    void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, float alpha, float beta, Tensor out) {
        requireShapes(a, transposeA, b, transposeB, out);
        this.a = Nd4jBackend.hostMemory(a);
        this.b = Nd4jBackend.hostMemory(b);
        this.out = Nd4jBackend.hostMemory(out);
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.alpha = alpha;
        this.beta = beta;
        m = out.size(0);
        n = out.size(1);
        k = a.size(transposeA ? 0 : 1);
        if (m == 0 || n == 0) {
            return;
        }
        if (!transposeA && transposeB && CpuFewRowsMatmul.suits(m, k)) {
            fewRows.matmul(this.a, this.b, alpha, beta, this.out, m, n, k);
            return;
        }
        chooseTiles();
        workers.run(count(m, tileRows) * count(n, tileColumns), 1, tiles);
    }

    private static void requireShapes(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor out) {
        boolean fits = a.rank() == 2
                && b.rank() == 2
                && out.rank() == 2
                && a.size(transposeA ? 1 : 0) == out.size(0)
                && b.size(transposeB ? 0 : 1) == out.size(1)
                && a.size(transposeA ? 0 : 1) == b.size(transposeB ? 1 : 0);
        if (!fits) {
            throw new IllegalArgumentException("matmul needs matrices [m, k] and [k, n] and an output [m, n], found "
                    + a + (transposeA ? " transposed, " : ", ") + b + (transposeB ? " transposed, " : ", ") + out);
        }
    }

    /**
     * Large tiles make BLAS fast, which copies its part of both operands for every tile; many tiles keep many threads
     * busy.
     */
    private void chooseTiles() {
        long down = count(m, TILE_ROWS);
        long across = count(n, TILE_COLUMNS);
        while (down * across > MOST_TILES) {
            if (down == 1 || across > 1 && n / across < m / down) {
                across = (across + 1) / 2;
            } else {
                down = (down + 1) / 2;
            }
        }
        while (down * across < FEWEST_TILES) {
            boolean rows = m / down > n / across;
            long moreDown = rows ? 2 * down : down;
            long moreAcross = rows ? across : 2 * across;
            if (reuse(m / moreDown, n / moreAcross) < LEAST_REUSE) {
                break;
            }
            down = moreDown;
            across = moreAcross;
        }
        tileRows = side(m, down);
        tileColumns = side(n, across);
    }

    private static long reuse(long rows, long columns) {
        return rows * columns / (rows + columns);
    }

    private static int side(int size, long parts) {
        long side = (size - 1) / parts + 1;
        return (int) Math.min(size, (side + STEP - 1) / STEP * STEP);
    }

    private static int count(int size, int tile) {
        return (size - 1) / tile + 1;
    }

    /** Tiles are numbered along the rows of the output first. */
    private void runTiles(Worker worker, int from, int to) {
        int across = count(n, tileColumns);
        for (int tile = from; tile < to; tile++) {
            int row = tile / across * tileRows;
            int column = tile % across * tileColumns;
            runTile(worker, row, Math.min(tileRows, m - row), column, Math.min(tileColumns, n - column));
        }
    }

    private void runTile(Worker worker, int row, int rows, int column, int columns) {
        int lda = transposeA ? m : k;
        int ldb = transposeB ? k : n;
        blas.gemm(
                worker,
                transposeA,
                transposeB,
                rows,
                columns,
                k,
                alpha,
                a,
                transposeA ? row : (long) row * lda,
                lda,
                b,
                transposeB ? (long) column * ldb : column,
                ldb,
                beta,
                out,
                (long) row * n + column,
                n);
    }

    @Override
    public void close() {
        fewRows.close();
    }
}
