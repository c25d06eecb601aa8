package org.t5j.core.kernel;

import static org.t5j.core.tensor.Nd4jBackend.array;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/**
 * {@link Kernels} in ND4J operations only: runs on every ND4J backend and reads like the formulas. Temporaries come
 * from an arena of its own.
 */
public final class Nd4jKernels implements Kernels {
    private final Backend backend;
    private final Arena scratch;
    private final Nd4jAttention attention;
    private final Nd4jActivations activations;
    private final Nd4jCrossEntropy crossEntropy;
    private final Nd4jUpdates updates;
    private float[] maskRows = new float[0];
    private float[] onesValues = new float[0];

    public Nd4jKernels(Backend backend) {
        this.backend = backend;
        this.scratch = new Arena(backend);
        this.attention = new Nd4jAttention(this, scratch);
        this.activations = new Nd4jActivations(this, scratch);
        this.crossEntropy = new Nd4jCrossEntropy(backend, scratch);
        this.updates = new Nd4jUpdates(scratch);
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public String describe() {
        int threads = Nd4j.getEnvironment().maxThreads();
        return "ND4J operations, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public void close() {
        scratch.close();
    }

    @Override
    public void matmul(
            Tensor a, boolean transposeA, Tensor b, boolean transposeB, float alpha, float beta, Tensor out) {
        Nd4jOps.matmul(array(a), transposeA, array(b), transposeB, array(out), alpha, beta);
    }

    @Override
    public void fill(Tensor x, float value) {
        array(x).assign(value);
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        array(flat(to)).assign(array(flat(from)));
    }

    @Override
    public void addInPlace(Tensor x, Tensor y) {
        array(flat(x)).addi(array(flat(y)));
    }

    @Override
    public void addScaled(Tensor x, float factor, Tensor y) {
        try (INDArray scaled = array(flat(x)).mul(factor)) {
            array(flat(y)).addi(scaled);
        }
    }

    @Override
    public void scaleInPlace(Tensor x, float factor) {
        array(x).muli(factor);
    }

    @Override
    public double sumOfSquares(Tensor x) {
        double norm = array(x).norm2Number().doubleValue();
        return norm * norm;
    }

    @Override
    public void gatherRows(Tensor table, IntTensor rows, Tensor out) {
        Nd4jOps.gather(array(table), array(rows), array(out));
    }

    @Override
    public void scatterAddRows(Tensor gradient, IntTensor rows, Tensor table) {
        Nd4jOps.scatterAdd(array(table), array(rows), array(gradient));
    }

    @Override
    public void scatterRows(Tensor source, IntTensor rows, Tensor table) {
        Nd4jOps.scatterUpdate(array(table), array(rows), array(source));
    }

    @Override
    public void rmsNorm(Tensor x, Tensor weight, float epsilon, Tensor inverseRms, Tensor out) {
        INDArray in = array(x);
        INDArray y = array(out);
        INDArray r = array(inverseRms.reshapeView(x.rows(), 1));
        Nd4jOps.multiply(in, in, y);
        Nd4jOps.reduce("reduce_mean", y, r, 1);
        r.addi(epsilon);
        Nd4jOps.power(r, -0.5, r);
        Nd4jOps.multiply(in, r, y);
        Nd4jOps.multiply(y, array(weight), y);
    }

    @Override
    public void rmsNormBackward(Tensor dOut, Tensor x, Tensor weight, Tensor inverseRms, Tensor dX, Tensor dWeight) {
        Arena.Mark mark = scratch.mark();
        int rows = x.rows();
        INDArray r = array(inverseRms.reshapeView(rows, 1));
        INDArray normed = array(scratch.take(x.shape()));
        Tensor product = scratch.take(x.shape());
        INDArray g = array(product);
        Nd4jOps.multiply(array(x), r, normed);
        Nd4jOps.multiply(array(dOut), normed, g);
        if (dWeight != null) {
            sumRows(product, dWeight);
        }

        INDArray mean = array(scratch.take(rows, 1));
        Nd4jOps.multiply(g, array(weight), g);
        Nd4jOps.reduce("reduce_mean", g, mean, 1);
        Nd4jOps.multiply(normed, mean, normed);
        Nd4jOps.multiply(array(dOut), array(weight), g);
        Nd4jOps.subtract(g, normed, g);
        Nd4jOps.multiply(g, r, g);
        array(dX).addi(g);
        scratch.release(mark);
    }

    /** {@code sums += sum over rows of x}, as a product with ones: ND4J's own column sum is many times slower. */
    private void sumRows(Tensor x, Tensor sums) {
        Tensor ones = scratch.take(1, x.rows());
        backend.write(ones, ones(x.rows()), 0);
        matmul(ones, false, x, false, 1f, 1f, sums.reshapeView(1, (int) sums.length()));
    }

    private float[] ones(int count) {
        if (onesValues.length < count) {
            onesValues = new float[count];
            Arrays.fill(onesValues, 1f);
        }
        return onesValues;
    }

    @Override
    public void dropout(Tensor x, Dropout dropout, Tensor out) {
        if (dropout.active()) {
            Arena.Mark mark = scratch.mark();
            Nd4jOps.multiply(array(x), array(mask(dropout, x)), array(out));
            scratch.release(mark);
        } else if (x != out) {
            copy(x, out);
        }
    }

    @Override
    public void addDropout(Tensor residual, Tensor x, Dropout dropout, Tensor out) {
        Arena.Mark mark = scratch.mark();
        INDArray dropped = array(x);
        if (dropout.active()) {
            dropped = array(scratch.take(x.shape()));
            Nd4jOps.multiply(array(x), array(mask(dropout, x)), dropped);
        }
        Nd4jOps.add(array(residual), dropped, array(out));
        scratch.release(mark);
    }

    /** The multipliers of a dropout, of {@code like}'s shape, made on the host and copied; in scratch memory. */
    Tensor mask(Dropout dropout, Tensor like) {
        int columns = like.size(-1);
        int length = Math.toIntExact(like.length());
        if (maskRows.length < length) {
            maskRows = new float[length];
        }
        for (int row = 0, at = 0; at < length; row++, at += columns) {
            dropout.maskInto(dropout.maskRow(row) * columns, columns, maskRows, at);
        }
        Tensor mask = scratch.take(like.shape());
        backend.write(mask, maskRows, 0);
        return mask;
    }

    @Override
    public void activate(Activation activation, Tensor x, Dropout dropout, Tensor out) {
        activations.activate(activation, x, dropout, out);
    }

    @Override
    public void activateBackward(Activation activation, Tensor dOut, Tensor x, Dropout dropout, Tensor dX) {
        activations.activateBackward(activation, dOut, x, dropout, dX);
    }

    @Override
    public void gate(Activation activation, Tensor gate, Tensor linear, Dropout dropout, Tensor out) {
        activations.gate(activation, gate, linear, dropout, out);
    }

    @Override
    public void gateBackwardInPlace(Activation activation, Tensor dOut, Tensor gate, Tensor linear, Dropout dropout) {
        activations.gateBackwardInPlace(activation, dOut, gate, linear, dropout);
    }

    @Override
    public void positionBias(Tensor table, IntTensor rows, Tensor out) {
        attention.positionBias(table, rows, out);
    }

    @Override
    public void positionBiasBackward(Tensor dBias, IntTensor rows, Tensor dTable) {
        attention.positionBiasBackward(dBias, rows, dTable);
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
        // The backward pass computes the whole softmax again and has no use for statistics.
        attention.forward(shape, q, k, v, bias, mask, dropout, out);
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
        attention.backward(shape, dOut, q, k, v, bias, mask, dropout, dQ, dK, dV, dBias);
    }

    @Override
    public void attentionWeights(
            AttentionShape shape, Tensor q, Tensor k, Tensor bias, AttentionMask mask, Tensor weights) {
        attention.weights(shape, q, k, bias, mask, weights);
    }

    @Override
    public void cachedAttention(
            int heads, Tensor q, Tensor k, Tensor v, KeyRows keys, Tensor bias, Tensor mask, Tensor out) {
        attention.cached(heads, q, k, v, keys, bias, mask, out);
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

    private static Tensor flat(Tensor x) {
        return x.rank() == 1 ? x : x.reshapeView((int) x.length());
    }
}
