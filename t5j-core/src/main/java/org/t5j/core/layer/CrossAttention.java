package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** The decoder's attention to the encoder's output: {@code x + dropout(attention(norm(x), memory))}; no position bias. */
public final class CrossAttention {
    private final Attention attention;
    private final RmsNorm norm;

    /** @param lora of the projections, or null for none */
    CrossAttention(ParameterSet parameters, String name, T5Config config, Lora lora) {
        this.attention = new Attention(parameters, name + ".EncDecAttention", config, lora);
        this.norm = new RmsNorm(parameters, name + ".layer_norm", config.dModel(), config.layerNormEpsilon());
    }

    boolean trains() {
        return attention.trains() || norm.trains();
    }

    record Pass(RmsNorm.Pass norm, Attention.Pass attention, Dropout dropout) {
        /** The sub-layer's result, which took the place of the attention's. */
        Tensor out() {
            return attention.out();
        }
    }

    Pass forward(Step step, Sequences sequences, Tensor x, Stack.Memory memory) {
        RmsNorm.Pass normed = norm.forward(step, x);
        Attention.Pass attended = attention.forward(
                step, sequences, normed.out(), memory.sequences(), memory.encoded(), null, memory.mask());
        Dropout dropout = step.nextDropout(sequences);
        step.kernels().addDropout(x, attended.out(), dropout, attended.out());
        return new Pass(normed, attended, dropout);
    }

    /** The attention weights of a pass, {@code [batch, heads, queries, keys]}. */
    Tensor weights(Step step, Pass pass) {
        return attention.weights(step, pass.attention);
    }

    /**
     * Turns {@code dX} from the gradient of the output into that of the input.
     *
     * @param dMemory added to; null where it is not wanted
     * @param inputWanted whether {@code dX} is used any more
     */
    void backward(Step step, Pass pass, Tensor dX, Tensor dMemory, boolean inputWanted) {
        var mark = step.arena().mark();
        Tensor dNormed = inputWanted || norm.trains() ? step.take(dX.shape()) : null;
        attention.backward(step, pass.attention, step.dropped(dX, pass.dropout), dNormed, dMemory, null);
        if (dNormed != null) {
            norm.backward(step, pass.norm, dNormed, dX);
        }
        step.arena().release(mark);
    }

    /** Keys and values of the encoder's output, computed once per input. */
    Attention.KeyValue project(Step step, Tensor memory) {
        return attention.project(step, memory);
    }

    /** The newest token of every hypothesis, {@code [hypotheses, dModel]}; {@code mask} is null or one value a key. */
    Tensor decode(Step step, Tensor x, Attention.KeyValue memory, KeyRows rows, Tensor mask) {
        Tensor y = attention.decode(step, norm.forward(step, x).out(), memory, rows, null, mask);
        step.kernels().addInPlace(y, x);
        return y;
    }
}
