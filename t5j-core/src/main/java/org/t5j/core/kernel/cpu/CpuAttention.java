package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/**
 * Attention, a head of a sequence at a time and in it a block of queries at a time, so that scores are made, normalised
 * and used while they are in the cache, and are never kept: the backward pass makes them again (as in FlashAttention, Dao
 * et al. 2022). Heads are read where they stand, by the leading dimensions of BLAS.
 */
final class CpuAttention {
    private final Workers workers;
    private final Blas blas;
    private final AttentionScores scores;
    private final AttentionOperands o;
    private final Task forward = this::forward;
    private final Task weights = this::weights;
    private HostMemory memory;
    private HostMemory out;

    /** @param scores to work with, by one attention at a time */
    CpuAttention(Workers workers, Blas blas, AttentionScores scores) {
        this.workers = workers;
        this.blas = blas;
        this.scores = scores;
        this.o = scores.o;
    }

    void forward(
            AttentionShape shape,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor statistics,
            Tensor result) {
        o.set(shape, q, k, v, bias, mask, dropout, statistics);
        out = hostMemory(result);
        scores.reserve(1);
        memory = scores.memory;
        workers.run(o.units(), 1, forward);
    }

    void weights(AttentionShape shape, Tensor q, Tensor k, Tensor bias, AttentionMask mask, Tensor result) {
        o.set(shape, q, k, null, bias, mask, Dropout.NONE, null);
        out = hostMemory(result);
        scores.reserve(1);
        memory = scores.memory;
        workers.run(o.units(), 1, weights);
    }

    private void forward(Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            scores.loadTerms(worker, unit);
            int queries = o.shape.queries().length(o.sequence(unit));
            for (int first = 0; first < queries; first += AttentionScores.BLOCK) {
                forwardBlock(worker, unit, first, Math.min(AttentionScores.BLOCK, queries - first));
            }
        }
    }

    private void forwardBlock(Worker worker, int unit, int first, int count) {
        long at = scores.at(worker);
        int keys = o.keysOf(unit, first + count - 1);
        int width = AttentionOperands.aligned(keys);
        scores.products(worker, unit, first, count, keys, width, at);
        for (int i = 0; i < count; i++) {
            int query = first + i;
            long rowAt = at + (long) i * width;
            int n = AttentionOperands.aligned(o.keysOf(unit, query));
            float max = scores.addTerms(worker, unit, query, rowAt, n);
            float inverse = (float) (1 / worker.lanes().expSum(memory, rowAt, n, max));
            long statisticsAt = o.statisticsAt(unit, query);
            o.statistics.set(statisticsAt, max);
            o.statistics.set(statisticsAt + 1, inverse);
            int mask = o.shape.maskStart(o.dropout, o.sequence(unit), o.head(unit), query);
            worker.lanes().dropout(memory, rowAt, inverse, memory, rowAt, n, o.dropout, mask);
            worker.lanes().fill(memory, rowAt + n, width - n, 0f);
        }
        int inner = o.shape.inner();
        int dKv = o.shape.dKv();
        long outAt = o.queryAt(unit, first);
        blas.gemm(
                worker,
                false,
                false,
                count,
                dKv,
                keys,
                1f,
                memory,
                at,
                width,
                o.v,
                o.keyAt(unit, 0),
                inner,
                0f,
                out,
                outAt,
                inner);
    }

    private void weights(Worker worker, int from, int to) {
        int rowLength = o.shape.keys().maxLength();
        int rows = o.shape.queries().maxLength();
        for (int unit = from; unit < to; unit++) {
            scores.loadTerms(worker, unit);
            int queries = o.shape.queries().length(o.sequence(unit));
            long outAt = (long) unit * rows * rowLength;
            worker.lanes().fill(out, outAt, rows * rowLength, 0f);
            for (int query = 0; query < queries; query++) {
                long at = scores.at(worker);
                int keys = o.keysOf(unit, query);
                int n = AttentionOperands.aligned(keys);
                scores.products(worker, unit, query, 1, keys, n, at);
                float max = scores.addTerms(worker, unit, query, at, n);
                float inverse = (float) (1 / worker.lanes().expSum(memory, at, n, max));
                worker.lanes().scaleAdd(memory, at, n, inverse, 0f);
                worker.lanes().copy(memory, at, out, outAt + (long) query * rowLength, keys);
            }
        }
    }
}
