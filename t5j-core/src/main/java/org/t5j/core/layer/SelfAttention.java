package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** The self-attention sub-layer: {@code x + dropout(attention(norm(x)))}. */
public final class SelfAttention {
    private final Attention attention;
    private final RmsNorm norm;
    private final Parameter relativePositions;

    /** @param positions whether the layer holds a table of relative positions */
    SelfAttention(ParameterSet parameters, String name, T5Config config, boolean positions) {
        this.attention = new Attention(parameters, name + ".SelfAttention", config);
        this.relativePositions = positions
                ? parameters.add(
                        name + ".SelfAttention.relative_attention_bias.weight",
                        config.relativeAttentionNumBuckets(),
                        config.numHeads())
                : null;
        this.norm = new RmsNorm(parameters, name + ".layer_norm", config.dModel(), config.layerNormEpsilon());
    }

    /** The table {@code [buckets, heads]} that a {@link RelativePositionBias} reads; null where there is none. */
    Parameter relativePositions() {
        return relativePositions;
    }

    record Pass(RmsNorm.Pass norm, Attention.Pass attention, Dropout dropout) {
        /** The sub-layer's result, which took the place of the attention's. */
        Tensor out() {
            return attention.out();
        }

        /** Puts the keys and values of all tokens to the first rows of a cache. */
        void keysAndValuesInto(Step step, Attention.KeyValue cache) {
            Attention.KeyValue first = cache.rowsView(0, attention.k().size(0));
            step.kernels().copy(attention.k(), first.k());
            step.kernels().copy(attention.v(), first.v());
        }
    }

    Pass forward(Step step, Sequences sequences, Tensor x, Tensor bias, AttentionMask mask) {
        RmsNorm.Pass normed = norm.forward(step, x);
        Attention.Pass attended = attention.forward(step, sequences, normed.out(), sequences, normed.out(), bias, mask);
        Dropout dropout = step.nextDropout(sequences);
        step.kernels().addDropout(x, attended.out(), dropout, attended.out());
        return new Pass(normed, attended, dropout);
    }

    /** The attention weights of a pass, {@code [batch, heads, queries, keys]}. */
    Tensor weights(Step step, Pass pass) {
        return attention.weights(step, pass.attention);
    }

    /** Turns {@code dX} from the gradient of the output into that of the input; adds to {@code dBias}. */
    void backward(Step step, Pass pass, Tensor dX, Tensor dBias) {
        var mark = step.arena().mark();
        Tensor dNormed = step.take(dX.shape());
        attention.backward(step, pass.attention, step.dropped(dX, pass.dropout), dNormed, dNormed, dBias);
        norm.backward(step, pass.norm, dNormed, dX);
        step.arena().release(mark);
    }

    /**
     * The newest token of every hypothesis, {@code [hypotheses, dModel]}.
     *
     * @param cache whose rows from {@code newRow} on receive its keys and values
     * @param rows where the tokens of every hypothesis stand in the cache, the newest included
     * @param mask one value a row of the cache, added to scores; null for none
     */
    Tensor decode(Step step, Tensor x, Attention.KeyValue cache, int newRow, KeyRows rows, Tensor bias, Tensor mask) {
        Tensor normed = norm.forward(step, x).out();
        attention.projectInto(step, normed, cache.rowsView(newRow, x.size(0)));
        Tensor y = attention.decode(step, normed, cache, rows, bias, mask);
        step.kernels().addInPlace(y, x);
        return y;
    }
}
