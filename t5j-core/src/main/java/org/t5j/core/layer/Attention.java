package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.kernel.Dropout;
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
            Dropout dropout,
            Tensor weights,
            Tensor context,
            Tensor out) {}

    /**
     * @param x {@code [batch * queries, dModel]}
     * @param memory {@code [batch * keys, dModel]}
     * @param bias {@code [heads, queries, keys]} or null
     */
    Pass forward(Step step, int batch, Tensor x, Tensor memory, Tensor bias, AttentionMask mask) {
        AttentionShape shape = new AttentionShape(batch, heads, x.size(0) / batch, memory.size(0) / batch, dKv);
        Tensor query = q.forward(step, x);
        Tensor key = k.forward(step, memory);
        Tensor value = v.forward(step, memory);
        Dropout dropout = step.nextDropout(shape.queries());
        Tensor weights = step.take(batch, heads, shape.queries(), shape.keys());
        Tensor context = step.take(x.size(0), shape.inner());
        step.kernels().attention(shape, query, key, value, bias, mask, dropout, weights, context);
        Tensor out = o.forward(step, context);
        return new Pass(shape, x, memory, query, key, value, dropout, weights, context, out);
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
                        pass.shape, dContext, pass.q, pass.k, pass.v, pass.weights, pass.dropout, dQ, dK, dV, dBias);
        q.backward(step, pass.queryInput, dQ, 0f, dX);
        k.backward(step, pass.memory, dK, 1f, dMemory);
        v.backward(step, pass.memory, dV, 1f, dMemory);
    }

    /** Keys and values of a memory that stays the same while decoding. */
    KeyValue project(Step step, Tensor memory) {
        return new KeyValue(k.forward(step, memory), v.forward(step, memory));
    }

    /** Keys and values of all heads, {@code [rows, heads * dKv]} each. */
    record KeyValue(Tensor k, Tensor v) {}

    /** Attention of the newest token of each hypothesis to the tokens before it and itself. */
    Tensor decode(Step step, Tensor x, KeyValueCache cache, Tensor bias) {
        cache.append(step, k.forward(step, x), v.forward(step, x));
        int rows = x.size(0);
        AttentionShape shape = new AttentionShape(rows, heads, 1, cache.length(), dKv, cache.capacity());
        return attend(step, shape, x, new KeyValue(cache.keys(), cache.values()), bias, AttentionMask.none());
    }

    /** Attention of hypotheses, {@code rows / batch} for each input, to the memory of their input. */
    Tensor decode(Step step, Tensor x, int batch, KeyValue memory, AttentionMask mask) {
        AttentionShape shape =
                new AttentionShape(batch, heads, x.size(0) / batch, memory.k().size(0) / batch, dKv);
        return attend(step, shape, x, memory, null, mask);
    }

    private Tensor attend(Step step, AttentionShape shape, Tensor x, KeyValue memory, Tensor bias, AttentionMask mask) {
        Tensor weights = step.take(shape.batch(), heads, shape.queries(), shape.keys());
        Tensor context = step.take(x.size(0), shape.inner());
        step.kernels()
                .attention(
                        shape, q.forward(step, x), memory.k(), memory.v(), bias, mask, Dropout.NONE, weights, context);
        return o.forward(step, context);
    }
}
