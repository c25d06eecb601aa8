package org.t5j.core.kernel;

import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/**
 * The numeric vocabulary of T5: everything that the model and its optimizers compute, each operation with its backward
 * pass. Activations are matrices {@code [rows, width]}, a row for each token of {@link Sequences}. Outputs are given by the
 * caller, may not overlap inputs unless said so, and are overwritten unless said to be added to. Not thread-safe.
 */
public interface Kernels extends AutoCloseable {

    /** The memory that the tensors live in. */
    Backend backend();

    /** One line for logs: how these kernels compute. */
    String describe();

    // ---- algebra -----------------------------------------------------------------------------------------------

    /** {@code out = alpha op(a) op(b) + beta out} for matrices, where op transposes if asked to. */
    void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, float alpha, float beta, Tensor out);

    /** {@code x = value}. */
    void fill(Tensor x, float value);

    /** {@code to = from}, of any shape with as many elements. */
    void copy(Tensor from, Tensor to);

    /** {@code x += y}. */
    void addInPlace(Tensor x, Tensor y);

    /** {@code y += factor x}, of any shape with as many elements. */
    void addScaled(Tensor x, float factor, Tensor y);

    /** {@code x *= factor}. */
    void scaleInPlace(Tensor x, float factor);

    /** The sum of squares, read back to the host. */
    double sumOfSquares(Tensor x);

    // ---- embedding ---------------------------------------------------------------------------------------------

    /**
     * {@code out[i] = table[rows[i]]}.
     *
     * @param table {@code [n, width]}
     * @param rows {@code [m]}, each 0 … n-1: the caller has checked them
     * @param out {@code [m, width]}
     */
    void gatherRows(Tensor table, IntTensor rows, Tensor out);

    /** {@code table[rows[i]] += gradient[i]}; rows may repeat. The backward pass of {@link #gatherRows}. */
    void scatterAddRows(Tensor gradient, IntTensor rows, Tensor table);

    /** {@code table[rows[i]] = source[i]}; rows do not repeat. */
    void scatterRows(Tensor source, IntTensor rows, Tensor table);

    // ---- normalisation, dropout, activations -------------------------------------------------------------------

    /**
     * {@code out = weight x / rms(x)} with {@code rms(x) = sqrt(mean(x²) + epsilon)} over each row.
     *
     * @param x {@code [rows, width]}
     * @param weight {@code [width]}
     * @param inverseRms {@code [rows]}, written: {@code 1 / rms}, for the backward pass
     * @param out {@code [rows, width]}
     */
    void rmsNorm(Tensor x, Tensor weight, float epsilon, Tensor inverseRms, Tensor out);

    /**
     * The backward pass of {@link #rmsNorm}: with {@code g = dOut weight} and {@code r = inverseRms}, {@code dX += r g -
     * x r³ mean(g x)} and {@code dWeight += sum over rows of dOut x r}.
     */
    void rmsNormBackward(Tensor dOut, Tensor x, Tensor weight, Tensor inverseRms, Tensor dX, Tensor dWeight);

    /** {@code out = mask x}; its own backward pass. {@code out} may be {@code x}. */
    void dropout(Tensor x, Dropout dropout, Tensor out);

    /** {@code out = residual + mask x}; {@code out} may be either of them. */
    void addDropout(Tensor residual, Tensor x, Dropout dropout, Tensor out);

    /** {@code out = mask f(x)}. */
    void activate(Activation activation, Tensor x, Dropout dropout, Tensor out);

    /** {@code dX = dOut mask f'(x)}; {@code dX} may be {@code dOut}. */
    void activateBackward(Activation activation, Tensor dOut, Tensor x, Dropout dropout, Tensor dX);

    /** {@code out = mask f(gate) linear}. */
    void gate(Activation activation, Tensor gate, Tensor linear, Dropout dropout, Tensor out);

    /**
     * The backward pass of {@link #gate}, in place: {@code gate} becomes {@code dGate = dOut mask f'(gate) linear}, {@code
     * linear} becomes {@code dLinear = dOut mask f(gate)}, and {@code dOut} becomes what {@link #gate} wrote.
     */
    void gateBackwardInPlace(Activation activation, Tensor dOut, Tensor gate, Tensor linear, Dropout dropout);

    // ---- attention ---------------------------------------------------------------------------------------------

    /**
     * {@code out[h, d] = table[buckets[d], h]}: what every head adds to the scores of keys at each distance.
     *
     * @param table {@code [buckets, heads]}
     * @param buckets {@code [distances]}, see {@link AttentionShape#distances}
     * @param out {@code [heads, distances]}
     */
    void positionBias(Tensor table, IntTensor buckets, Tensor out);

    /** {@code dTable[buckets[d], h] += dBias[h, d]}. */
    void positionBiasBackward(Tensor dBias, IntTensor buckets, Tensor dTable);

    /**
     * {@code out = (dropout weights) v} with {@code weights = softmax(q kᵀ + bias + mask)}, for each sequence and head.
     *
     * @param q {@code [query rows, heads * dKv]}
     * @param k {@code [key rows, heads * dKv]}
     * @param v {@code [key rows, heads * dKv]}
     * @param bias {@code [heads, distances]} or null
     * @param dropout of the weights, numbered as {@link AttentionShape#maskStart} says
     * @param statistics {@code [query rows, heads, 2]}, written: the maximum of each row of scores and the inverse of the
     *     sum of their exponentials, from which the backward pass computes the weights again
     * @param out {@code [query rows, heads * dKv]}
     */
    void attention(
            AttentionShape shape,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor statistics,
            Tensor out);

    /**
     * The backward pass of {@link #attention}.
     *
     * @param out what {@link #attention} wrote, and {@code statistics} too
     * @param dQ {@code dK}, {@code dV}: written
     * @param dBias {@code [heads, distances]}, added to; null where there is no bias or its gradient is not wanted
     */
    void attentionBackward(
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
            Tensor dBias);

    /**
     * The weights of an attention without dropout, for people to look at.
     *
     * @param weights {@code [batch, heads, longest query sequence, longest key sequence]}, written, 0 beyond the end of a
     *     sequence
     */
    void attentionWeights(AttentionShape shape, Tensor q, Tensor k, Tensor bias, AttentionMask mask, Tensor weights);

    /**
     * Attention of single queries to chosen rows of keys and values, as decoding needs it.
     *
     * @param q {@code [queries, heads * dKv]}
     * @param k {@code [rows, heads * dKv]}
     * @param v {@code [rows, heads * dKv]}
     * @param keys the rows that each query attends to
     * @param bias {@code [heads, keys]} for all queries alike, with at least as many keys as the longest: each query's last
     *     key has the last number, that before it the one before; or null
     * @param mask {@code [rows]}, added to the scores; or null
     * @param out {@code [queries, heads * dKv]}
     */
    void cachedAttention(int heads, Tensor q, Tensor k, Tensor v, KeyRows keys, Tensor bias, Tensor mask, Tensor out);

    // ---- loss --------------------------------------------------------------------------------------------------

    /**
     * The loss of each row of logits and, in their place, its gradient.
     *
     * @param logits {@code [targets, vocabulary]}; on return the gradient of {@code gradientScale *} the summed loss, or
     *     undefined where {@code gradientScale} is 0
     * @param labels {@code [targets]}, each 0 … vocabulary-1
     * @param gradientScale what gradients are multiplied by, e.g. one over the number of targets of the batch
     * @return sums over the rows, on the host
     */
    CrossEntropy.Sums crossEntropyInPlace(Tensor logits, IntTensor labels, CrossEntropy settings, float gradientScale);

    // ---- optimizer updates -------------------------------------------------------------------------------------

    /** One Adam update; {@code m} and {@code v} have the parameter's shape and are updated. */
    void adam(Tensor parameter, Tensor gradient, Tensor m, Tensor v, AdamStep step);

    /**
     * One Adafactor update of a matrix with a factored second moment: {@code r = beta2 r + (1 - beta2) mean over columns
     * of (g² + eps1)}, {@code c} the same over rows, {@code V = r cᵀ / mean(r)}.
     *
     * @param r {@code [rows]}, updated
     * @param c {@code [columns]}, updated
     * @param m first moment of the parameter's shape, or null where {@code beta1} is 0
     */
    void adafactorFactored(Tensor parameter, Tensor gradient, Tensor r, Tensor c, Tensor m, AdafactorStep step);

    /** One Adafactor update with a full second moment {@code v} of the parameter's shape. */
    void adafactor(Tensor parameter, Tensor gradient, Tensor v, Tensor m, AdafactorStep step);

    /** Gives the kernels' own scratch memory back. */
    @Override
    void close();
}
