package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * One layer of a {@link Stack}: self-attention, in a decoder attention to the encoder's output, then feed-forward and, where
 * there is one, an adapter.
 */
final class Block {
    private final SelfAttention selfAttention;
    /** Null where there is no encoder to attend to. */
    private final CrossAttention crossAttention;

    private final FeedForward feedForward;
    /** Null where there is none. */
    private final FeedForward adapter;

    private Block(
            SelfAttention selfAttention, CrossAttention crossAttention, FeedForward feedForward, FeedForward adapter) {
        this.selfAttention = selfAttention;
        this.crossAttention = crossAttention;
        this.feedForward = feedForward;
        this.adapter = adapter;
    }

    /**
     * A block with weights of its own.
     *
     * @param cross whether it attends to an encoder's output
     * @param positions whether it holds a table of relative positions
     */
    static Block of(
            ParameterSet parameters,
            String name,
            T5Config config,
            Additions additions,
            boolean cross,
            boolean positions) {
        Lora lora = additions.lora();
        SelfAttention self = new SelfAttention(parameters, name + ".layer.0", config, positions, lora);
        CrossAttention crossed = cross ? new CrossAttention(parameters, name + ".layer.1", config, lora) : null;
        FeedForward feedForward = new FeedForward(parameters, name + (cross ? ".layer.2" : ".layer.1"), config);
        int width = additions.adapterWidth();
        return new Block(
                self, crossed, feedForward, width == 0 ? null : FeedForward.adapter(parameters, name, config, width));
    }

    /** A block with the weights of {@code encoder} that attends to the encoder's output besides. */
    static Block sharing(Block encoder, ParameterSet parameters, String name, T5Config config, Additions additions) {
        CrossAttention cross = new CrossAttention(parameters, name + ".layer.1", config, additions.lora());
        return new Block(encoder.selfAttention, cross, encoder.feedForward, encoder.adapter);
    }

    /** Whether a weight of this block is trained. */
    boolean trains() {
        return selfAttention.trains()
                || crossAttention != null && crossAttention.trains()
                || feedForward.trains()
                || adapter != null && adapter.trains();
    }

    /** The table of relative positions that this block holds, or null. */
    Parameter relativePositions() {
        return selfAttention.relativePositions();
    }

    /** What the backward pass needs; {@code cross} is null where there is no encoder, {@code adapter} where there is none. */
    record Pass(
            SelfAttention.Pass self,
            CrossAttention.Pass cross,
            FeedForward.Pass feedForward,
            FeedForward.Pass adapter) {
        Tensor out() {
            return adapter == null ? feedForward.out() : adapter.out();
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
        FeedForward.Pass fed = feedForward.forward(step, input.sequences(), y);
        return new Pass(
                attended, crossed, fed, adapter == null ? null : adapter.forward(step, input.sequences(), fed.out()));
    }

    /**
     * Turns {@code dX} from the gradient of the output into that of the input; adds to {@code dBias}, null where it is not
     * wanted, and to {@code dMemory}, null where that is not.
     *
     * @param inputWanted whether {@code dX} is used any more: where it is not, the pass ends at the lowest weight that is
     *     trained
     */
    void backward(Step step, Pass pass, Tensor dX, Tensor dBias, Tensor dMemory, boolean inputWanted) {
        boolean belowCross = inputWanted || selfAttention.trains() || dBias != null;
        boolean belowFeedForward = belowCross || crossAttention != null && (crossAttention.trains() || dMemory != null);
        boolean belowAdapter = belowFeedForward || feedForward.trains();
        if (adapter != null) {
            adapter.backward(step, pass.adapter, dX, belowAdapter);
        }
        if (belowAdapter) {
            feedForward.backward(step, pass.feedForward, dX, belowFeedForward);
        }
        if (crossAttention != null && belowFeedForward) {
            crossAttention.backward(step, pass.cross, dX, dMemory, belowCross);
        }
        if (belowCross) {
            selfAttention.backward(step, pass.self, dX, dBias, inputWanted);
        }
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
        Tensor fed = feedForward.decode(step, y);
        return adapter == null ? fed : adapter.decode(step, fed);
    }
}
