package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** Causal self-attention, attention to the encoder's output, then feed-forward. */
public final class DecoderBlock {
    private final SelfAttention selfAttention;
    private final CrossAttention crossAttention;
    private final FeedForward feedForward;

    DecoderBlock(ParameterSet parameters, String name, T5Config config, boolean first) {
        this.selfAttention = new SelfAttention(parameters, name + ".layer.0", config, first ? false : null);
        this.crossAttention = new CrossAttention(parameters, name + ".layer.1", config);
        this.feedForward = new FeedForward(parameters, name + ".layer.2", config);
    }

    SelfAttention selfAttention() {
        return selfAttention;
    }

    CrossAttention crossAttention() {
        return crossAttention;
    }

    record Pass(SelfAttention.Pass attention, CrossAttention.Pass cross, FeedForward.Pass feedForward) {
        Tensor out() {
            return feedForward.out();
        }
    }

    Pass forward(
            Step step, int batch, Tensor x, Tensor bias, AttentionMask mask, Tensor memory, AttentionMask memoryMask) {
        SelfAttention.Pass attended = selfAttention.forward(step, batch, x, bias, mask);
        CrossAttention.Pass crossed = crossAttention.forward(step, batch, attended.out(), memory, memoryMask);
        return new Pass(attended, crossed, feedForward.forward(step, batch, crossed.out()));
    }

    /**
     * Turns {@code dX} from the gradient of the output into that of the input; adds to {@code dBias} and {@code
     * dMemory}.
     */
    void backward(Step step, Pass pass, Tensor dX, Tensor dBias, Tensor dMemory) {
        feedForward.backward(step, pass.feedForward, dX);
        crossAttention.backward(step, pass.cross, dX, dMemory);
        selfAttention.backward(step, pass.attention, dX, dBias);
    }

    Tensor decode(
            Step step,
            int batch,
            Tensor x,
            Tensor bias,
            KeyValueCache cache,
            Attention.KeyValue memory,
            AttentionMask memoryMask) {
        Tensor attended = selfAttention.decode(step, x, cache, bias);
        Tensor crossed = crossAttention.decode(step, attended, batch, memory, memoryMask);
        return feedForward.forward(step, x.size(0), crossed).out();
    }
}
