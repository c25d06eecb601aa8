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

    Attention(ParameterSet parameters, String name, T5Config config) {
        this.heads = config.numHeads();
        this.dKv = config.dKv();
        this.q = new Linear(parameters, name + ".q", config.dModel(), config.inner());
        this.k = new Linear(parameters, name + ".k", config.dModel(), config.inner());
        this.v = new Linear(parameters, name + ".v", config.dModel(), config.inner());
        this.o = new Linear(parameters, name + ".o", config.inner(), config.dModel());
    }

    /** What the backward pass needs; {@code out} is the result. */
    record Pass(
            AttentionShape shape,
            Tensor queryInput,
            Tensor memory,
            Tensor q,
            Tensor k,
            Tensor v,
            Tensor bias,
            AttentionMask mask,
            Dropout dropout,
            Tensor statistics,
            Tensor context,
            Tensor out) {}

    /**
     * @param x {@code [query rows, dModel]}
     * @param memory {@code [key rows, dModel]}
     * @param bias {@code [heads, distances]} or null
     */
    Pass forward(
            Step step, Sequences queries, Tensor x, Sequences keys, Tensor memory, Tensor bias, AttentionMask mask) {
        AttentionShape shape = new AttentionShape(queries, keys, heads, dKv);
        Tensor query = q.forward(step, x);
        Tensor key = k.forward(step, memory);
        Tensor value = v.forward(step, memory);
        Dropout dropout = step.nextDropout(queries);
        Tensor statistics = step.take(x.size(0), heads, 2);
        Tensor context = step.take(x.size(0), shape.inner());
        step.kernels().attention(shape, query, key, value, bias, mask, dropout, statistics, context);
        Tensor out = o.forward(step, context);
        return new Pass(shape, x, memory, query, key, value, bias, mask, dropout, statistics, context, out);
    }

    /**
     * @param dOut gradient of the result
     * @param dX gradient of the queries' input, overwritten
     * @param dMemory gradient of the memory, added to; may be {@code dX}, which then holds both
     * @param dBias gradient of the bias, added to, or null
     */
    void backward(Step step, Pass pass, Tensor dOut, Tensor dX, Tensor dMemory, Tensor dBias) {
        Tensor dContext = step.take(pass.context.shape());
        Tensor dQ = step.take(pass.q.shape());
        Tensor dK = step.take(pass.k.shape());
        Tensor dV = step.take(pass.v.shape());
        o.backward(step, pass.context, dOut, 0f, dContext);
        step.kernels()
                .attentionBackward(
                        pass.shape,
                        dContext,
                        pass.q,
                        pass.k,
                        pass.v,
                        pass.bias,
                        pass.mask,
                        pass.dropout,
                        pass.statistics,
                        pass.context,
                        dQ,
                        dK,
                        dV,
                        dBias);
        q.backward(step, pass.queryInput, dQ, 0f, dX);
        k.backward(step, pass.memory, dK, 1f, dMemory);
        v.backward(step, pass.memory, dV, 1f, dMemory);
    }

    /** The weights of a pass, {@code [batch, heads, queries, keys]}, for people to look at. */
    Tensor weights(Step step, Pass pass) {
        AttentionShape s = pass.shape;
        Tensor weights =
                step.take(s.batch(), heads, s.queries().maxLength(), s.keys().maxLength());
        step.kernels().attentionWeights(s, pass.q, pass.k, pass.bias, pass.mask, weights);
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
