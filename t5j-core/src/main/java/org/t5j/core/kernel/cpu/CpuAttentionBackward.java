package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/** The backward pass of {@link CpuAttention}, which makes the scores again block by block. */
final class CpuAttentionBackward implements AutoCloseable {
    private final Workers workers;
    private final Blas blas;
    private final AttentionScores scores;
    private final AttentionOperands o;
    private final Scratch distanceScratch;
    private final Task backward = this::backward;
    private HostMemory memory;
    /** Of each unit: the gradient of the bias. */
    private HostMemory distances;

    private HostMemory out;
    private HostMemory dOut;
    private HostMemory dQ;
    private HostMemory dK;
    private HostMemory dV;
    private boolean biasTrained;

    /** @param scores to work with, by one attention at a time */
    CpuAttentionBackward(Workers workers, Blas blas, AttentionScores scores, Backend backend) {
        this.workers = workers;
        this.blas = blas;
        this.scores = scores;
        this.o = scores.o;
        this.distanceScratch = new Scratch(backend);
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
        scores.reserve(2);
        memory = scores.memory;
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

    /** Blocks from the last to the first, since the last has all keys and writes what the others add to. */
    private void backward(Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            scores.loadTerms(worker, unit);
            if (biasTrained) {
                worker.lanes().fill(distances, distanceScratch.part(unit), o.shape.distances(), 0f);
            }
            int queries = o.shape.queries().length(o.sequence(unit));
            clearKeysWithoutQuery(worker, unit, queries);
            int last = (queries - 1) / AttentionScores.BLOCK * AttentionScores.BLOCK;
            for (int first = last; first >= 0; first -= AttentionScores.BLOCK) {
                backwardBlock(
                        worker, unit, first, Math.min(AttentionScores.BLOCK, queries - first), first == last ? 0f : 1f);
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
        long at = scores.at(worker);
        long gradientsAt = scores.secondAt(worker);
        int keys = o.keysOf(unit, first + count - 1);
        int width = AttentionOperands.aligned(keys);
        int inner = o.shape.inner();
        int dKv = o.shape.dKv();
        long queryAt = o.queryAt(unit, first);
        long keyAt = o.keyAt(unit, 0);
        scores.products(worker, unit, first, count, keys, width, at);
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
                memory,
                gradientsAt,
                width);
        for (int i = 0; i < count; i++) {
            backwardRow(worker, unit, first + i, at + (long) i * width, gradientsAt + (long) i * width, keys, width);
        }
        blas.gemm(
                worker, true, false, keys, dKv, count, 1f, memory, at, width, dOut, queryAt, inner, beta, dV, keyAt,
                inner);
        blas.gemm(
                worker,
                false,
                false,
                count,
                dKv,
                keys,
                1f,
                memory,
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
                memory,
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
        scores.probabilitiesAgain(worker, unit, query, rowAt, n);
        long headAt = o.queryAt(unit, query);
        float dot = lanes.dot(dOut, headAt, out, headAt, o.shape.dKv());
        int mask = o.shape.maskStart(o.dropout, o.sequence(unit), o.head(unit), query);
        lanes.softmaxBackward(memory, rowAt, memory, gradientAt, n, dot, o.dropout, mask);
        lanes.fill(memory, rowAt + n, width - n, 0f);
        lanes.fill(memory, gradientAt + n, width - n, 0f);
        if (biasTrained) {
            long distanceAt = distanceScratch.part(unit) + o.shape.distance(query, 0);
            lanes.add(distances, distanceAt, memory, gradientAt, Math.min(n, blockKeys));
        }
    }

    @Override
    public void close() {
        distanceScratch.close();
    }
}
