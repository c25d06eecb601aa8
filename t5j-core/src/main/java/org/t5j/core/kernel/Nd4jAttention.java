package org.t5j.core.kernel;

import static org.t5j.core.tensor.Nd4jBackend.array;
import static org.t5j.core.tensor.Nd4jBackend.stridedView;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/** Attention in ND4J operations; heads are strided views, never copies. */
final class Nd4jAttention {
    private final Nd4jKernels kernels;
    private final Arena scratch;

    Nd4jAttention(Nd4jKernels kernels, Arena scratch) {
        this.kernels = kernels;
        this.scratch = scratch;
    }

    void forward(
            AttentionShape s,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor weights,
            Tensor out) {
        Arena.Mark mark = scratch.mark();
        INDArray scores = array(weights);
        Nd4jOps.matmul(queries(s, q), false, keys(s, k), true, scores, 1, 0);
        if (bias != null) {
            Nd4jOps.add(scores, array(bias.reshapeView(1, s.heads(), s.queries(), s.keys())), scores);
        }
        Tensor additive = mask.additive();
        if (additive != null) {
            Nd4jOps.add(scores, array(additive.reshapeView(additive.size(0), 1, additive.size(1), s.keys())), scores);
        }
        Nd4jOps.softmax(scores, scores);
        INDArray kept = scores;
        if (dropout.active()) {
            kept = array(scratch.take(weights.shape()));
            Nd4jOps.multiply(scores, array(kernels.mask(dropout, weights)), kept);
        }
        INDArray context = array(scratch.take(s.batch(), s.heads(), s.queries(), s.dKv()));
        Nd4jOps.matmul(kept, false, keys(s, v), false, context, 1, 0);
        queries(s, out).assign(context);
        scratch.release(mark);
    }

    void backward(
            AttentionShape s,
            Tensor dOut,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor weights,
            Dropout dropout,
            Tensor dQ,
            Tensor dK,
            Tensor dV,
            Tensor dBias) {
        Arena.Mark mark = scratch.mark();
        INDArray p = array(weights);
        INDArray dContext = queries(s, dOut);
        INDArray noise = dropout.active() ? array(kernels.mask(dropout, weights)) : null;
        INDArray kept = p;
        INDArray dP = array(scratch.take(weights.shape()));
        if (noise != null) {
            kept = array(scratch.take(weights.shape()));
            Nd4jOps.multiply(p, noise, kept);
        }
        INDArray head = array(scratch.take(s.batch(), s.heads(), s.keys(), s.dKv()));
        Nd4jOps.matmul(kept, true, dContext, false, head, 1, 0);
        keys(s, dV).assign(head);

        Nd4jOps.matmul(dContext, false, keys(s, v), true, dP, 1, 0);
        if (noise != null) {
            Nd4jOps.multiply(dP, noise, dP);
        }
        INDArray product = array(scratch.take(weights.shape()));
        INDArray sum = array(scratch.take(s.batch(), s.heads(), s.queries(), 1));
        Nd4jOps.multiply(p, dP, product);
        Nd4jOps.reduce("reduce_sum", product, sum, 3);
        Nd4jOps.subtract(dP, sum, dP);
        Nd4jOps.multiply(dP, p, dP);
        if (dBias != null) {
            INDArray total = array(scratch.take(1, s.heads(), s.queries(), s.keys()));
            Nd4jOps.reduce("reduce_sum", dP, total, 0);
            array(dBias.reshapeView(1, s.heads(), s.queries(), s.keys())).addi(total);
        }

        Nd4jOps.matmul(dP, true, queries(s, q), false, head, 1, 0);
        keys(s, dK).assign(head);
        INDArray query = array(scratch.take(s.batch(), s.heads(), s.queries(), s.dKv()));
        Nd4jOps.matmul(dP, false, keys(s, k), false, query, 1, 0);
        queries(s, dQ).assign(query);
        scratch.release(mark);
    }

    void positionBias(Tensor table, IntTensor rows, Tensor out) {
        Arena.Mark mark = scratch.mark();
        int heads = table.size(1);
        Tensor gathered = scratch.take(rows.length(), heads);
        kernels.gatherRows(table, rows, gathered);
        array(out.reshapeView(heads, rows.length())).assign(transposed(gathered));
        scratch.release(mark);
    }

    void positionBiasBackward(Tensor dBias, IntTensor rows, Tensor dTable) {
        Arena.Mark mark = scratch.mark();
        Tensor gradient = scratch.take(rows.length(), dTable.size(1));
        transposed(gradient).assign(array(dBias.reshapeView(dTable.size(1), rows.length())));
        kernels.scatterAddRows(gradient, rows, dTable);
        scratch.release(mark);
    }

    private static INDArray transposed(Tensor matrix) {
        return stridedView(matrix, new long[] {matrix.size(1), matrix.size(0)}, new long[] {1, matrix.size(1)});
    }

    /** {@code [batch, heads, queries, dKv]} over {@code [batch * queries, heads * dKv]}. */
    private static INDArray queries(AttentionShape s, Tensor x) {
        return heads(s, x, s.queries(), s.queries());
    }

    /** {@code [batch, heads, keys, dKv]} over {@code [batch * keyCapacity, heads * dKv]}. */
    private static INDArray keys(AttentionShape s, Tensor x) {
        return heads(s, x, s.keys(), s.keyCapacity());
    }

    private static INDArray heads(AttentionShape s, Tensor x, long length, long capacity) {
        return stridedView(x, new long[] {s.batch(), s.heads(), length, s.dKv()}, new long[] {
            capacity * s.inner(), s.dKv(), s.inner(), 1
        });
    }
}
