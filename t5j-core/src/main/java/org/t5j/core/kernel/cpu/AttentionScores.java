package org.t5j.core.kernel.cpu;

import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;

/**
 * The scores of a block of queries of one head, in memory of each worker: made from queries, keys, bias and mask, in the
 * forward pass of an attention and again in its backward pass. Rows stand as far apart as whole vectors ask.
 */
final class AttentionScores implements AutoCloseable {
    /** Queries of a block. */
    static final int BLOCK = 256;

    /** What is attended to what. */
    final AttentionOperands o = new AttentionOperands();

    /** Of each worker: scores, and in the backward pass their gradients behind them. */
    HostMemory memory;

    private final Workers workers;
    private final Blas blas;
    private final Scratch scratch;
    private final Scratch termsScratch;
    private long length;
    /** Of each worker: bias and mask of the present head, with room for whole vectors behind them. */
    private HostMemory terms;

    private long maskOffset;

    AttentionScores(Workers workers, Blas blas, Backend backend) {
        this.workers = workers;
        this.blas = blas;
        this.scratch = new Scratch(backend);
        this.termsScratch = new Scratch(backend);
    }

    /** Makes room for so many matrices of a block for each worker. */
    void reserve(int matrices) {
        int keys = AttentionOperands.aligned(o.shape.keys().maxLength());
        int rows = Math.min(BLOCK, o.shape.queries().maxLength());
        length = (long) rows * keys;
        memory = scratch.reserve(workers.count(), matrices * length);
        maskOffset = AttentionOperands.aligned(o.shape.distances()) + AttentionOperands.ALIGNMENT;
        terms = termsScratch.reserve(workers.count(), maskOffset + keys);
    }

    /** Where the scores of a worker begin. */
    long at(Worker worker) {
        return scratch.part(worker.index());
    }

    /** Where the second matrix of a worker begins. */
    long secondAt(Worker worker) {
        return at(worker) + length;
    }

    /** Copies bias and mask of a unit to where whole vectors can be read beyond their ends. */
    void loadTerms(Worker worker, int unit) {
        long at = termsScratch.part(worker.index());
        int width = o.shape.distances();
        if (o.bias != null) {
            worker.lanes().copy(o.bias, (long) o.head(unit) * width, terms, at, width);
            worker.lanes().fill(terms, at + width, (int) maskOffset - width, 0f);
        }
        if (o.additive != null) {
            int start = o.shape.keys().start(o.sequence(unit));
            int keys = o.shape.keys().length(o.sequence(unit));
            worker.lanes().copy(o.additive, start, terms, at + maskOffset, keys);
            worker.lanes().fill(terms, at + maskOffset + keys, AttentionOperands.aligned(keys) - keys, 0f);
        }
    }

    /** {@code memory = q kᵀ} of a block, rows {@code width} apart. */
    void products(Worker worker, int unit, int first, int count, int keys, int width, long at) {
        int inner = o.shape.inner();
        blas.gemm(
                worker,
                false,
                true,
                count,
                keys,
                o.shape.dKv(),
                1f,
                o.q,
                o.queryAt(unit, first),
                inner,
                o.k,
                o.keyAt(unit, 0),
                inner,
                0f,
                memory,
                at,
                width);
    }

    /** Adds bias and mask to a row of {@code n} scores, those beyond its keys having no weight; returns the maximum. */
    float addTerms(Worker worker, int unit, int query, long rowAt, int n) {
        int keys = o.keysOf(unit, query);
        Lanes lanes = worker.lanes();
        lanes.fill(memory, rowAt + keys, n - keys, Float.NEGATIVE_INFINITY);
        forbidFuture(worker, rowAt, o.futureOf(unit, query), keys);
        return lanes.addMax(
                memory,
                rowAt,
                o.bias == null ? null : terms,
                biasAt(worker, query),
                o.additive == null ? null : terms,
                maskAt(worker),
                n);
    }

    /**
     * Forbids the keys {@code future … keys-1}, which are left in the row only where the mask forbids its first key:
     * whatever the mask adds to them later, all forbidden scores are alike.
     */
    private void forbidFuture(Worker worker, long rowAt, int future, int keys) {
        if (future < keys) {
            worker.lanes().fill(memory, rowAt + future, keys - future, AttentionMask.FORBIDDEN);
            worker.lanes().addScaled(memory, rowAt + future, -1f, terms, maskAt(worker) + future, keys - future);
        }
    }

    /** Turns a row of products into the probabilities of which {@code o.statistics} were kept. */
    void probabilitiesAgain(Worker worker, int unit, int query, long rowAt, int n) {
        int keys = o.keysOf(unit, query);
        Lanes lanes = worker.lanes();
        forbidFuture(worker, rowAt, o.futureOf(unit, query), keys);
        lanes.fill(memory, rowAt + keys, n - keys, Float.NEGATIVE_INFINITY);
        long statisticsAt = o.statisticsAt(unit, query);
        lanes.expScaled(
                memory,
                rowAt,
                o.bias == null ? null : terms,
                biasAt(worker, query),
                o.additive == null ? null : terms,
                maskAt(worker),
                n,
                o.statistics.get(statisticsAt),
                o.statistics.get(statisticsAt + 1));
    }

    private long biasAt(Worker worker, int query) {
        return termsScratch.part(worker.index()) + o.shape.distance(query, 0);
    }

    private long maskAt(Worker worker) {
        return termsScratch.part(worker.index()) + maskOffset;
    }

    @Override
    public void close() {
        scratch.close();
        termsScratch.close();
    }
}
