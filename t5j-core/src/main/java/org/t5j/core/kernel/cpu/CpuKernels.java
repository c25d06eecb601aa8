package org.t5j.core.kernel.cpu;

import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.AdafactorStep;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

/**
 * {@link Kernels} for tensors in the memory of this process: fused loops and single-threaded BLAS calls, shared out to
 * threads in pieces that do not depend on how many there are. The same inputs give the same bits with any number of
 * threads.
 */
public final class CpuKernels implements Kernels {
    private final Backend backend;
    private final Workers workers;
    private final String description;
    private final CpuMatmul matmul;
    private final CpuElementwise elementwise;
    private final CpuReductions reductions;
    private final CpuEmbedding embedding;
    private final CpuRmsNorm rmsNorm;
    private final CpuPositionBias positionBias = new CpuPositionBias();
    private final AttentionScores scores;
    private final CpuAttention attention;
    private final CpuAttentionBackward attentionBackward;
    private final CpuCachedAttention cachedAttention;
    private final CpuCrossEntropy crossEntropy;
    private final CpuUpdates updates;

    /** Kernels with as many threads as {@link Nd4jBackend#threads} says. */
    public CpuKernels(Backend backend) {
        this(backend, Nd4jBackend.threads());
    }

    /**
     * Kernels with threads of their own.
     *
     * @param backend one that computes on the host
     * @param threads number of threads, at least 1
     */
    public CpuKernels(Backend backend, int threads) {
        this(backend, threads, LanesKind.inUse());
    }

    CpuKernels(Backend backend, int threads, LanesKind lanes) {
        this.backend = backend;
        this.workers = new Workers(threads, lanes::create);
        this.description = lanes.description() + ", " + threads + (threads == 1 ? " thread" : " threads")
                + ", each BLAS call on one";
        Blas blas = new Blas(threads);
        this.matmul = new CpuMatmul(workers, blas, backend);
        this.elementwise = new CpuElementwise(workers);
        this.reductions = new CpuReductions(workers);
        this.embedding = new CpuEmbedding(workers);
        this.rmsNorm = new CpuRmsNorm(workers, backend);
        this.scores = new AttentionScores(workers, blas, backend);
        this.attention = new CpuAttention(workers, blas, scores);
        this.attentionBackward = new CpuAttentionBackward(workers, blas, scores, backend);
        this.cachedAttention = new CpuCachedAttention(workers, blas, backend);
        this.crossEntropy = new CpuCrossEntropy(workers);
        this.updates = new CpuUpdates(workers, backend);
    }

    /** Whether tensors of {@code floats} elements can be computed with in this JVM. */
    public static boolean reach(long floats) {
        return LanesKind.inUse().reaches(floats);
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() {
        workers.close();
        matmul.close();
        rmsNorm.close();
        scores.close();
        attentionBackward.close();
        cachedAttention.close();
        updates.close();
    }

    @Override
    public void matmul(
            Tensor a, boolean transposeA, Tensor b, boolean transposeB, float alpha, float beta, Tensor out) {
        matmul.matmul(a, transposeA, b, transposeB, alpha, beta, out);
    }

    @Override
    public void fill(Tensor x, float value) {
        elementwise.fill(x, value);
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        elementwise.copy(from, to);
    }

    @Override
    public void addInPlace(Tensor x, Tensor y) {
        elementwise.add(x, y);
    }

    @Override
    public void addScaled(Tensor x, float factor, Tensor y) {
        elementwise.addScaled(x, factor, y);
    }

    @Override
    public void scaleInPlace(Tensor x, float factor) {
        elementwise.scale(x, factor);
    }

    @Override
    public double sumOfSquares(Tensor x) {
        return reductions.sumOfSquares(x);
    }

    @Override
    public void gatherRows(Tensor table, IntTensor rows, Tensor out) {
        embedding.gatherRows(table, rows, out);
    }

    @Override
    public void scatterAddRows(Tensor gradient, IntTensor rows, Tensor table) {
        embedding.scatterAddRows(gradient, rows, table);
    }

    @Override
    public void scatterRows(Tensor source, IntTensor rows, Tensor table) {
        embedding.scatterRows(source, rows, table);
    }

    @Override
    public void rmsNorm(Tensor x, Tensor weight, float epsilon, Tensor inverseRms, Tensor out) {
        rmsNorm.forward(x, weight, epsilon, inverseRms, out);
    }

    @Override
    public void rmsNormBackward(Tensor dOut, Tensor x, Tensor weight, Tensor inverseRms, Tensor dX, Tensor dWeight) {
        rmsNorm.backward(dOut, x, weight, inverseRms, dX, dWeight);
    }

    @Override
    public void dropout(Tensor x, Dropout dropout, Tensor out) {
        if (dropout.active()) {
            elementwise.dropout(x, dropout, out);
        } else if (x != out) {
            elementwise.copy(x, out);
        }
    }

    @Override
    public void addDropout(Tensor residual, Tensor x, Dropout dropout, Tensor out) {
        elementwise.addDropout(residual, x, dropout, out);
    }

    @Override
    public void activate(Activation activation, Tensor x, Dropout dropout, Tensor out) {
        elementwise.activate(activation, x, dropout, out);
    }

    @Override
    public void activateBackward(Activation activation, Tensor dOut, Tensor x, Dropout dropout, Tensor dX) {
        elementwise.activateBackward(activation, dOut, x, dropout, dX);
    }

    @Override
    public void gate(Activation activation, Tensor gate, Tensor linear, Dropout dropout, Tensor out) {
        elementwise.gate(activation, gate, linear, dropout, out);
    }

    @Override
    public void gateBackwardInPlace(Activation activation, Tensor dOut, Tensor gate, Tensor linear, Dropout dropout) {
        elementwise.gateBackwardInPlace(activation, dOut, gate, linear, dropout);
    }

    @Override
    public void positionBias(Tensor table, IntTensor buckets, Tensor out) {
        positionBias.forward(table, buckets, out);
    }

    @Override
    public void positionBiasBackward(Tensor dBias, IntTensor buckets, Tensor dTable) {
        positionBias.backward(dBias, buckets, dTable);
    }

    @Override
    public void attention(
            AttentionShape shape,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor statistics,
            Tensor out) {
        attention.forward(shape, q, k, v, bias, mask, dropout, statistics, out);
    }

    @Override
    public void attentionBackward(
            AttentionShape shape,
            Tensor dOut,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor statistics,
            Tensor out,
            Tensor dQ,
            Tensor dK,
            Tensor dV,
            Tensor dBias) {
        attentionBackward.backward(shape, dOut, q, k, v, bias, mask, dropout, statistics, out, dQ, dK, dV, dBias);
    }

    @Override
    public void attentionWeights(
            AttentionShape shape, Tensor q, Tensor k, Tensor bias, AttentionMask mask, Tensor weights) {
        attention.weights(shape, q, k, bias, mask, weights);
    }

    @Override
    public void cachedAttention(
            int heads, Tensor q, Tensor k, Tensor v, KeyRows keys, Tensor bias, Tensor mask, Tensor out) {
        cachedAttention.run(heads, q, k, v, keys, bias, mask, out);
    }

    @Override
    public CrossEntropy.Sums crossEntropyInPlace(
            Tensor logits, IntTensor labels, CrossEntropy settings, float gradientScale) {
        return crossEntropy.inPlace(logits, labels, settings, gradientScale);
    }

    @Override
    public void adam(Tensor parameter, Tensor gradient, Tensor m, Tensor v, AdamStep step) {
        updates.adam(parameter, gradient, m, v, step);
    }

    @Override
    public void adafactorFactored(Tensor parameter, Tensor gradient, Tensor r, Tensor c, Tensor m, AdafactorStep step) {
        updates.adafactorFactored(parameter, gradient, r, c, m, step);
    }

    @Override
    public void adafactor(Tensor parameter, Tensor gradient, Tensor v, Tensor m, AdafactorStep step) {
        updates.adafactor(parameter, gradient, v, m, step);
    }
}
