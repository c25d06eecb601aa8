package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** Self-attention, then feed-forward. */
public final class EncoderBlock {
    private final SelfAttention selfAttention;
    private final FeedForward feedForward;

    EncoderBlock(ParameterSet parameters, String name, T5Config config, boolean first) {
        this.selfAttention = new SelfAttention(parameters, name + ".layer.0", config, first ? true : null);
        this.feedForward = new FeedForward(parameters, name + ".layer.1", config);
    }

    SelfAttention selfAttention() {
        return selfAttention;
    }

    record Pass(SelfAttention.Pass attention, FeedForward.Pass feedForward) {
        Tensor out() {
            return feedForward.out();
        }
    }

    Pass forward(Step step, Sequences sequences, Tensor x, Tensor bias, AttentionMask mask) {
        SelfAttention.Pass attended = selfAttention.forward(step, sequences, x, bias, mask);
        return new Pass(attended, feedForward.forward(step, sequences, attended.out()));
    }

    /** Turns {@code dX} from the gradient of the output into that of the input; adds to {@code dBias}. */
    void backward(Step step, Pass pass, Tensor dX, Tensor dBias) {
        feedForward.backward(step, pass.feedForward, dX);
        selfAttention.backward(step, pass.attention, dX, dBias);
    }
}
