package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.KeyRows;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/** Attention of single queries to rows of caches, a head of a query at a time: no matrix, so no BLAS. */
final class CpuCachedAttention implements Task, AutoCloseable {
    private static final int SMALLEST_ROOM = 1024;

    private final Workers workers;
    private final Blas blas;
    private final Scratch scratch;
    private HostMemory q;
    private HostMemory k;
    private HostMemory v;
    private HostMemory bias;
    private HostMemory mask;
    private HostMemory out;
    private HostMemory scores;
    private KeyRows keys;
    private int heads;
    private int dKv;
    private int biasWidth;

    CpuCachedAttention(Workers workers, Blas blas, Backend backend) {
        this.workers = workers;
        this.blas = blas;
        this.scratch = new Scratch(backend);
    }

    void run(
            int newHeads,
            Tensor queries,
            Tensor newK,
            Tensor newV,
            KeyRows newKeys,
            Tensor newBias,
            Tensor newMask,
            Tensor result) {
        heads = newHeads;
        q = hostMemory(queries);
        k = hostMemory(newK);
        v = hostMemory(newV);
        keys = newKeys;
        bias = newBias == null ? null : hostMemory(newBias);
        biasWidth = newBias == null ? 0 : newBias.size(1);
        mask = newMask == null ? null : hostMemory(newMask);
        out = hostMemory(result);
        dKv = queries.size(1) / heads;
        scores = scratch.reserve(workers.count(), room(keys.maxLength()));
        workers.run(keys.queries() * heads, heads, this);
    }

    /** Doubles as a hypothesis grows, so that hardly a token needs new memory. */
    private static int room(int length) {
        return Math.max(SMALLEST_ROOM, 2 * Integer.highestOneBit(length));
    }

    @Override
    public void run(Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            attend(worker, unit / heads, unit % heads);
        }
    }

    private void attend(Worker worker, int query, int head) {
        Lanes lanes = worker.lanes();
        int inner = heads * dKv;
        long queryAt = (long) query * inner + head * dKv;
        long at = scratch.part(worker.index());
        int[] rows = keys.rows();
        int start = keys.starts()[query];
        int n = keys.lengths()[query];
        long headAt = (long) head * dKv;
        int distance = keys.distance(query);
        boolean regular = distance > 0;
        long first = headAt + (long) rows[start] * inner;
        if (regular) {
            blas.gemm(
                    worker, false, true, 1, n, dKv, 1, q, queryAt, inner, k, first, distance * inner, 0, scores, at, n);
        } else {
            lanes.dotRows(q, queryAt, k, headAt, inner, rows, start, n, dKv, scores, at);
        }
        if (mask != null) {
            for (int j = 0; j < n; j++) {
                scores.set(at + j, scores.get(at + j) + mask.get(rows[start + j]));
            }
        }
        float max = lanes.addMax(scores, at, bias, (long) (head + 1) * biasWidth - n, null, 0, n);
        double sum = lanes.expSum(scores, at, n, max);
        float factor = (float) (1 / sum);
        if (regular) {
            blas.gemm(
                    worker,
                    false,
                    false,
                    1,
                    dKv,
                    n,
                    factor,
                    scores,
                    at,
                    n,
                    v,
                    first,
                    distance * inner,
                    0,
                    out,
                    queryAt,
                    dKv);
        } else {
            lanes.sumRows(scores, at, v, headAt, inner, rows, start, n, dKv, out, queryAt);
            lanes.scaleAdd(out, queryAt, dKv, factor, 0f);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
