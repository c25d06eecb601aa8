package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** One layer of a {@link Stack}: self-attention, in a decoder attention to the encoder's output, then feed-forward. */
final class Block {
    private final SelfAttention selfAttention;
    /** Null where there is no encoder to attend to. */
    private final CrossAttention crossAttention;

    private final FeedForward feedForward;

    private Block(SelfAttention selfAttention, CrossAttention crossAttention, FeedForward feedForward) {
        this.selfAttention = selfAttention;
        this.crossAttention = crossAttention;
        this.feedForward = feedForward;
    }

    /**
     * A block with weights of its own.
     *
     * @param cross whether it attends to an encoder's output
     * @param positions whether it holds a table of relative positions
     */
    static Block of(ParameterSet parameters, String name, T5Config config, boolean cross, boolean positions) {
        SelfAttention self = new SelfAttention(parameters, name + ".layer.0", config, positions);
        CrossAttention crossed = cross ? new CrossAttention(parameters, name + ".layer.1", config) : null;
        return new Block(self, crossed, new FeedForward(parameters, name + (cross ? ".layer.2" : ".layer.1"), config));
    }

    /** A block with the weights of {@code encoder} that attends to the encoder's output besides. */
    static Block sharing(Block encoder, ParameterSet parameters, String name, T5Config config) {
        CrossAttention cross = new CrossAttention(parameters, name + ".layer.1", config);
        return new Block(encoder.selfAttention, cross, encoder.feedForward);
    }

    /** The table of relative positions that this block holds, or null. */
    Parameter relativePositions() {
        return selfAttention.relativePositions();
    }

    /** What the backward pass needs; {@code cross} is null where there is no encoder. */
    record Pass(SelfAttention.Pass self, CrossAttention.Pass cross, FeedForward.Pass feedForward) {
        Tensor out() {
            return feedForward.out();
        }

        /** Puts the keys and values of all tokens to the first rows of a cache. */
        void keysAndValuesInto(Step step, Cache cache) {
            self.keysAndValuesInto(step, cache.self);
        }
    }

    /**
     * @param input of the stack
     * @param x {@code [rows, dModel]}, left as it is
     * @param bias {@code [heads, distances]}
     */
    Pass forward(Step step, Stack.Input input, Tensor x, Tensor bias) {
        SelfAttention.Pass attended = selfAttention.forward(step, input.sequences(), x, bias, input.mask());
        CrossAttention.Pass crossed = crossAttention == null
                ? null
                : crossAttention.forward(step, input.sequences(), attended.out(), input.memory());
        Tensor y = crossed == null ? attended.out() : crossed.out();
        return new Pass(attended, crossed, feedForward.forward(step, input.sequences(), y));
    }

    /**
     * Turns {@code dX} from the gradient of the output into that of the input; adds to {@code dBias} and {@code
     * dMemory}.
     */
    void backward(Step step, Pass pass, Tensor dX, Tensor dBias, Tensor dMemory) {
        feedForward.backward(step, pass.feedForward, dX);
        if (crossAttention != null) {
            crossAttention.backward(step, pass.cross, dX, dMemory);
        }
        selfAttention.backward(step, pass.self, dX, dBias);
    }

    Tensor selfAttentionWeights(Step step, Pass pass) {
        return selfAttention.weights(step, pass.self);
    }

    Tensor crossAttentionWeights(Step step, Pass pass) {
        return crossAttention.weights(step, pass.cross);
    }

    /**
     * What decoding keeps of this block, as keys and values.
     *
     * @param self the tokens written so far
     * @param cross the encoder's output; null where there is no encoder
     */
    record Cache(Attention.KeyValue self, Attention.KeyValue cross) {}

    /**
     * @param capacity rows for tokens of hypotheses
     * @param inner width of keys and values
     * @param encoded the encoder's output; null where there is no encoder
     */
    Cache newCache(Step step, int capacity, int inner, Tensor encoded) {
        return new Cache(
                new Attention.KeyValue(step.take(capacity, inner), step.take(capacity, inner)),
                crossAttention == null ? null : crossAttention.project(step, encoded));
    }

    /**
     * The newest token of every hypothesis, {@code [hypotheses, dModel]}.
     *
     * @param number of this block in its stack
     * @param newRow of the cache, the first of those that receive the tokens' keys and values
     */
    Tensor decode(Step step, Tensor x, StackCache stack, int number, int newRow, Tensor bias) {
        Cache cache = stack.block(number);
        Tensor y = selfAttention.decode(
                step, x, cache.self, newRow, stack.hypotheses().rows(), bias, stack.mask());
        if (crossAttention != null) {
            StackCache.Memory memory = stack.memory();
            y = crossAttention.decode(step, y, cache.cross, memory.rows(), memory.mask());
        }
        return feedForward.decode(step, y);
    }
}
