package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * Multi-head attention without scaling of the scores (the initialisation of q takes its place): {@code o(softmax(q kᵀ +
 * bias + mask) v)}. Used by {@link SelfAttention}, where queries and memory are the same, and by {@link
 * CrossAttention}, where the memory is the encoder's output.
 */
final class Attention {
    private final Linear q;
    private final Linear k;
    private final Linear v;
    private final Linear o;
    private final int heads;
    private final int dKv;

    /** @param lora of its projections, or null for none */
    Attention(ParameterSet parameters, String name, T5Config config, Lora lora) {
        this.heads = config.numHeads();
        this.dKv = config.dKv();
        this.q = projection(parameters, name, "q", config.dModel(), config.inner(), lora);
        this.k = projection(parameters, name, "k", config.dModel(), config.inner(), lora);
        this.v = projection(parameters, name, "v", config.dModel(), config.inner(), lora);
        this.o = projection(parameters, name, "o", config.inner(), config.dModel(), lora);
    }

    private static Linear projection(ParameterSet parameters, String name, String which, int in, int out, Lora lora) {
        return new Linear(parameters, name + "." + which, in, out, lora == null ? null : lora.forProjection(which));
    }

    boolean trains() {
        return projectionsTrain() || o.trains();
    }

    private boolean projectionsTrain() {
        return q.trains() || k.trains() || v.trains();
    }

    /** What the backward pass needs. */
    record Pass(
            AttentionShape shape,
            Linear.Pass q,
            Linear.Pass k,
            Linear.Pass v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor statistics,
            Linear.Pass o) {
        Tensor out() {
            return o.out();
        }
    }

    /**
     * @param x {@code [query rows, dModel]}
     * @param memory {@code [key rows, dModel]}
     * @param bias {@code [heads, distances]} or null
     */
    Pass forward(
            Step step, Sequences queries, Tensor x, Sequences keys, Tensor memory, Tensor bias, AttentionMask mask) {
        AttentionShape shape = new AttentionShape(queries, keys, heads, dKv);
        Linear.Pass query = q.forward(step, queries, x);
        Linear.Pass key = k.forward(step, keys, memory);
        Linear.Pass value = v.forward(step, keys, memory);
        Dropout dropout = step.nextDropout(queries);
        Tensor statistics = step.take(x.size(0), heads, 2);
        Tensor context = step.take(x.size(0), shape.inner());
        step.kernels().attention(shape, query.out(), key.out(), value.out(), bias, mask, dropout, statistics, context);
        Linear.Pass out = o.forward(step, queries, context);
        return new Pass(shape, query, key, value, bias, mask, dropout, statistics, out);
    }

    /**
     * @param dOut gradient of the result
     * @param dX gradient of the queries' input, overwritten; null where it is not wanted
     * @param dMemory gradient of the memory, added to; may be {@code dX}, which then holds both; null where it is not
     *     wanted
     * @param dBias gradient of the bias, added to, or null
     */
    void backward(Step step, Pass pass, Tensor dOut, Tensor dX, Tensor dMemory, Tensor dBias) {
        Tensor context = pass.o.x();
        if (dX == null && dMemory == null && dBias == null && !projectionsTrain()) {
            o.backward(step, pass.o, dOut, 0f, null);
            return;
        }
        Tensor dContext = step.take(context.shape());
        Tensor dQ = step.take(pass.q.out().shape());
        Tensor dK = step.take(pass.k.out().shape());
        Tensor dV = step.take(pass.v.out().shape());
        o.backward(step, pass.o, dOut, 0f, dContext);
        step.kernels()
                .attentionBackward(
                        pass.shape,
                        dContext,
                        pass.q.out(),
                        pass.k.out(),
                        pass.v.out(),
                        pass.bias,
                        pass.mask,
                        pass.dropout,
                        pass.statistics,
                        context,
                        dQ,
                        dK,
                        dV,
                        dBias);
        q.backward(step, pass.q, dQ, 0f, dX);
        k.backward(step, pass.k, dK, 1f, dMemory);
        v.backward(step, pass.v, dV, 1f, dMemory);
    }

    /** The weights of a pass, {@code [batch, heads, queries, keys]}, for people to look at. */
    Tensor weights(Step step, Pass pass) {
        AttentionShape s = pass.shape;
        Tensor weights =
                step.take(s.batch(), heads, s.queries().maxLength(), s.keys().maxLength());
        step.kernels().attentionWeights(s, pass.q.out(), pass.k.out(), pass.bias, pass.mask, weights);
        return weights;
    }

    /** Keys and values of all heads, {@code [rows, heads * dKv]} each. */
    record KeyValue(Tensor k, Tensor v) {
        KeyValue rowsView(int from, int count) {
            return new KeyValue(k.rowsView(from, count), v.rowsView(from, count));
        }
    }

    /** Keys and values of a memory that stays the same while decoding. */
    KeyValue project(Step step, Tensor memory) {
        KeyValue projected =
                new KeyValue(step.take(memory.size(0), heads * dKv), step.take(memory.size(0), heads * dKv));
        projectInto(step, memory, projected);
        return projected;
    }

    /** Keys and values of {@code x}. */
    void projectInto(Step step, Tensor x, KeyValue out) {
        k.forwardInto(step, x, out.k);
        v.forwardInto(step, x, out.v);
    }

    /** Attention of one token of each hypothesis to rows of keys and values. */
    Tensor decode(Step step, Tensor x, KeyValue memory, KeyRows rows, Tensor bias, Tensor mask) {
        Tensor context = step.take(x.size(0), heads * dKv);
        step.kernels().cachedAttention(heads, q.forward(step, x), memory.k(), memory.v(), rows, bias, mask, context);
        return o.forward(step, context);
    }
}
