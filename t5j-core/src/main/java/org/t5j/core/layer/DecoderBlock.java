package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;
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
            Step step,
            Sequences sequences,
            Tensor x,
            Tensor bias,
            AttentionMask mask,
            Sequences memorySequences,
            Tensor memory,
            AttentionMask memoryMask) {
        SelfAttention.Pass attended = selfAttention.forward(step, sequences, x, bias, mask);
        CrossAttention.Pass crossed =
                crossAttention.forward(step, sequences, attended.out(), memorySequences, memory, memoryMask);
        return new Pass(attended, crossed, feedForward.forward(step, sequences, crossed.out()));
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

    /** The newest token of every hypothesis, {@code [hypotheses, dModel]}. */
    Tensor decode(Step step, Tensor x, Cache cache, int newRow, KeyRows rows, Tensor bias, Memory memory) {
        Tensor attended = selfAttention.decode(step, x, cache.self, newRow, rows, bias);
        Tensor crossed = crossAttention.decode(step, attended, cache.cross, memory.rows, memory.mask);
        return feedForward.decode(step, crossed);
    }

    /** What decoding keeps of this block: the tokens written so far and the encoder's output, as keys and values. */
    record Cache(Attention.KeyValue self, Attention.KeyValue cross) {}

    /**
     * The encoder's output as every block of a decoder attends to it.
     *
     * @param rows of the input of each hypothesis
     * @param mask one value a row, added to scores; null for none
     */
    record Memory(KeyRows rows, Tensor mask) {}

    /** @param capacity rows for tokens of hypotheses */
    Cache newCache(Step step, int capacity, int inner, Tensor memory) {
        return new Cache(
                new Attention.KeyValue(step.take(capacity, inner), step.take(capacity, inner)),
                crossAttention.project(step, memory));
    }
}
