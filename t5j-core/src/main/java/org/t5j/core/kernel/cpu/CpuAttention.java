package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/**
 * Attention, a head of a sequence at a time and in it a block of queries at a time, so that scores are made, normalised
 * and used while they are in the cache, and are never kept: the backward pass makes them again (as in FlashAttention, Dao
 * et al. 2022). Heads are read where they stand, by the leading dimensions of BLAS.
 */
final class CpuAttention implements AutoCloseable {
    /** Queries of a block. */
    private static final int BLOCK = 256;

    private final Workers workers;
    private final Blas blas;
    private final Scratch scoresScratch;
    private final Scratch termsScratch;
    private final Scratch distanceScratch;
    private final AttentionOperands o = new AttentionOperands();
    private final Task forward = this::forward;
    private final Task backward = this::backward;
    private final Task weights = this::weights;
    /** Of each worker: scores, and in the backward pass their gradients behind them. */
    private HostMemory scores;

    private long scoresLength;
    /** Of each worker: bias and mask of the present head, with room for whole vectors behind them. */
    private HostMemory terms;

    private long maskOffset;
    /** Of each unit: the gradient of the bias. */
    private HostMemory distances;

    private HostMemory out;
    private HostMemory dOut;
    private HostMemory dQ;
    private HostMemory dK;
    private HostMemory dV;
    private boolean biasTrained;

    CpuAttention(Workers workers, Blas blas, Backend backend) {
        this.workers = workers;
        this.blas = blas;
        this.scoresScratch = new Scratch(backend);
        this.termsScratch = new Scratch(backend);
        this.distanceScratch = new Scratch(backend);
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
        reserve(1);
        workers.run(o.units(), 1, forward);
    }

    void weights(AttentionShape shape, Tensor q, Tensor k, Tensor bias, AttentionMask mask, Tensor result) {
        o.set(shape, q, k, null, bias, mask, Dropout.NONE, null);
        out = hostMemory(result);
        reserve(1);
        workers.run(o.units(), 1, weights);
    }

    void backward(
            AttentionShape shape,
            Tensor resultGradient,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor statistics,
            Tensor result,
            Tensor qGradient,
            Tensor kGradient,
            Tensor vGradient,
            Tensor biasGradient) {
        o.set(shape, q, k, v, bias, mask, dropout, statistics);
        dOut = hostMemory(resultGradient);
        out = hostMemory(result);
        dQ = hostMemory(qGradient);
        dK = hostMemory(kGradient);
        dV = hostMemory(vGradient);
        biasTrained = biasGradient != null;
        reserve(2);
        distances = biasTrained ? distanceScratch.reserve(o.units(), shape.distances()) : null;
        workers.run(o.units(), 1, backward);
        if (biasTrained) {
            addBiasGradients(hostMemory(biasGradient));
        }
    }

    private void addBiasGradients(HostMemory dBias) {
        Lanes lanes = workers.caller().lanes();
        int width = o.shape.distances();
        for (int unit = 0; unit < o.units(); unit++) {
            lanes.add(dBias, (long) o.head(unit) * width, distances, distanceScratch.part(unit), width);
        }
    }

    private void reserve(int matrices) {
        int keys = AttentionOperands.aligned(o.shape.keys().maxLength());
        int rows = Math.min(BLOCK, o.shape.queries().maxLength());
        scoresLength = (long) rows * keys;
        scores = scoresScratch.reserve(workers.count(), matrices * scoresLength);
        maskOffset = AttentionOperands.aligned(o.shape.distances()) + AttentionOperands.ALIGNMENT;
        terms = termsScratch.reserve(workers.count(), maskOffset + keys);
    }

    private void forward(Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            loadTerms(worker, unit);
            int queries = o.shape.queries().length(o.sequence(unit));
            for (int first = 0; first < queries; first += BLOCK) {
                forwardBlock(worker, unit, first, Math.min(BLOCK, queries - first));
            }
        }
    }

    private void forwardBlock(Worker worker, int unit, int first, int count) {
        long at = scoresScratch.part(worker.index());
        int keys = o.keysOf(unit, first + count - 1);
        int width = AttentionOperands.aligned(keys);
        products(worker, unit, first, count, keys, width, at);
        for (int i = 0; i < count; i++) {
            int query = first + i;
            long rowAt = at + (long) i * width;
            int n = AttentionOperands.aligned(o.keysOf(unit, query));
            float max = addTerms(worker, unit, query, rowAt, n);
            float inverse = (float) (1 / worker.lanes().expSum(scores, rowAt, n, max));
            long statisticsAt = o.statisticsAt(unit, query);
            o.statistics.set(statisticsAt, max);
            o.statistics.set(statisticsAt + 1, inverse);
            int mask = o.shape.maskStart(o.dropout, o.sequence(unit), o.head(unit), query);
            worker.lanes().dropout(scores, rowAt, inverse, scores, rowAt, n, o.dropout, mask);
            worker.lanes().fill(scores, rowAt + n, width - n, 0f);
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
                scores,
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

    /** {@code scores = q kᵀ} of a block, rows {@code width} apart. */
    private void products(Worker worker, int unit, int first, int count, int keys, int width, long at) {
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
                scores,
                at,
                width);
    }

    /** Copies bias and mask of a unit to where whole vectors can be read beyond their ends. */
    private void loadTerms(Worker worker, int unit) {
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

    private long biasAt(Worker worker, int query) {
        return termsScratch.part(worker.index()) + o.shape.distance(query, 0);
    }

    private long maskAt(Worker worker) {
        return termsScratch.part(worker.index()) + maskOffset;
    }

    /** Adds bias and mask to a row of {@code n} scores, those beyond its keys having no weight; returns the maximum. */
    private float addTerms(Worker worker, int unit, int query, long rowAt, int n) {
        int keys = o.keysOf(unit, query);
        Lanes lanes = worker.lanes();
        lanes.fill(scores, rowAt + keys, n - keys, Float.NEGATIVE_INFINITY);
        forbidFuture(worker, rowAt, o.futureOf(unit, query), keys);
        return lanes.addMax(
                scores,
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
            worker.lanes().fill(scores, rowAt + future, keys - future, AttentionMask.FORBIDDEN);
            worker.lanes().addScaled(scores, rowAt + future, -1f, terms, maskAt(worker) + future, keys - future);
        }
    }

    /** Blocks from the last to the first, since the last has all keys and writes what the others add to. */
    private void backward(Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            loadTerms(worker, unit);
            if (biasTrained) {
                worker.lanes().fill(distances, distanceScratch.part(unit), o.shape.distances(), 0f);
            }
            int queries = o.shape.queries().length(o.sequence(unit));
            clearKeysWithoutQuery(worker, unit, queries);
            int last = (queries - 1) / BLOCK * BLOCK;
            for (int first = last; first >= 0; first -= BLOCK) {
                backwardBlock(worker, unit, first, Math.min(BLOCK, queries - first), first == last ? 0f : 1f);
            }
        }
    }

    private void clearKeysWithoutQuery(Worker worker, int unit, int queries) {
        int keys = o.shape.keys().length(o.sequence(unit));
        for (int key = o.keysOf(unit, queries - 1); key < keys; key++) {
            worker.lanes().fill(dK, o.keyAt(unit, key), o.shape.dKv(), 0f);
            worker.lanes().fill(dV, o.keyAt(unit, key), o.shape.dKv(), 0f);
        }
    }

    private void backwardBlock(Worker worker, int unit, int first, int count, float beta) {
        long at = scoresScratch.part(worker.index());
        long gradientsAt = at + scoresLength;
        int keys = o.keysOf(unit, first + count - 1);
        int width = AttentionOperands.aligned(keys);
        int inner = o.shape.inner();
        int dKv = o.shape.dKv();
        long queryAt = o.queryAt(unit, first);
        long keyAt = o.keyAt(unit, 0);
        products(worker, unit, first, count, keys, width, at);
        blas.gemm(
                worker,
                false,
                true,
                count,
                keys,
                dKv,
                1f,
                dOut,
                queryAt,
                inner,
                o.v,
                keyAt,
                inner,
                0f,
                scores,
                gradientsAt,
                width);
        for (int i = 0; i < count; i++) {
            backwardRow(worker, unit, first + i, at + (long) i * width, gradientsAt + (long) i * width, keys, width);
        }
        blas.gemm(
                worker, true, false, keys, dKv, count, 1f, scores, at, width, dOut, queryAt, inner, beta, dV, keyAt,
                inner);
        blas.gemm(
                worker,
                false,
                false,
                count,
                dKv,
                keys,
                1f,
                scores,
                gradientsAt,
                width,
                o.k,
                keyAt,
                inner,
                0f,
                dQ,
                queryAt,
                inner);
        blas.gemm(
                worker,
                true,
                false,
                keys,
                dKv,
                count,
                1f,
                scores,
                gradientsAt,
                width,
                o.q,
                queryAt,
                inner,
                beta,
                dK,
                keyAt,
                inner);
    }

    /** Turns products into weights after dropout, and gradients of weights after dropout into those of scores. */
    private void backwardRow(
            Worker worker, int unit, int query, long rowAt, long gradientAt, int blockKeys, int width) {
        Lanes lanes = worker.lanes();
        int keys = o.keysOf(unit, query);
        int n = AttentionOperands.aligned(keys);
        forbidFuture(worker, rowAt, o.futureOf(unit, query), keys);
        lanes.fill(scores, rowAt + keys, n - keys, Float.NEGATIVE_INFINITY);
        long statisticsAt = o.statisticsAt(unit, query);
        lanes.expScaled(
                scores,
                rowAt,
                o.bias == null ? null : terms,
                biasAt(worker, query),
                o.additive == null ? null : terms,
                maskAt(worker),
                n,
                o.statistics.get(statisticsAt),
                o.statistics.get(statisticsAt + 1));
        long headAt = o.queryAt(unit, query);
        float dot = lanes.dot(dOut, headAt, out, headAt, o.shape.dKv());
        int mask = o.shape.maskStart(o.dropout, o.sequence(unit), o.head(unit), query);
        lanes.softmaxBackward(scores, rowAt, scores, gradientAt, n, dot, o.dropout, mask);
        lanes.fill(scores, rowAt + n, width - n, 0f);
        lanes.fill(scores, gradientAt + n, width - n, 0f);
        if (biasTrained) {
            long distanceAt = distanceScratch.part(unit) + o.shape.distance(query, 0);
            lanes.add(distances, distanceAt, scores, gradientAt, Math.min(n, blockKeys));
        }
    }

    private void weights(Worker worker, int from, int to) {
        int rowLength = o.shape.keys().maxLength();
        int rows = o.shape.queries().maxLength();
        for (int unit = from; unit < to; unit++) {
            loadTerms(worker, unit);
            int queries = o.shape.queries().length(o.sequence(unit));
            long outAt = (long) unit * rows * rowLength;
            worker.lanes().fill(out, outAt, rows * rowLength, 0f);
            for (int query = 0; query < queries; query++) {
                long at = scoresScratch.part(worker.index());
                int keys = o.keysOf(unit, query);
                int n = AttentionOperands.aligned(keys);
                products(worker, unit, query, 1, keys, n, at);
                float max = addTerms(worker, unit, query, at, n);
                float inverse = (float) (1 / worker.lanes().expSum(scores, at, n, max));
                worker.lanes().scaleAdd(scores, at, n, inverse, 0f);
                worker.lanes().copy(scores, at, out, outAt + (long) query * rowLength, keys);
            }
        }
    }

    @Override
    public void close() {
        scoresScratch.close();
        termsScratch.close();
        distanceScratch.close();
    }
}
