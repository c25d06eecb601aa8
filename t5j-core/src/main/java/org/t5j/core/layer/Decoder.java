package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** Embedding, blocks that read the past and the encoder's output, and a last norm; dropout at both ends. */
public final class Decoder {
    private final Stack stack;
    private final List<DecoderBlock> blocks = new ArrayList<>();
    private final T5Config config;

    public Decoder(ParameterSet parameters, T5Config config, Embedding embedding) {
        this.config = config;
        for (int i = 0; i < config.numDecoderLayers(); i++) {
            blocks.add(new DecoderBlock(parameters, "decoder.block." + i, config, i == 0));
        }
        this.stack = new Stack(parameters, "decoder", config, embedding);
    }

    /** Everything the backward pass needs; {@code out} is {@code [batch * length, dModel]}. */
    public record Pass(
            Stack.Start start, RelativePositionBias.Pass bias, List<DecoderBlock.Pass> blocks, Stack.End end) {
        public Tensor out() {
            return end.out();
        }

        /** The embedding, the output of every block but the last, and the result: as Hugging Face lists them. */
        public List<Tensor> hiddenStates() {
            return Stack.hiddenStates(
                    start, blocks.stream().map(DecoderBlock.Pass::out).toList(), end);
        }

        /** Self-attention weights of every block, {@code [batch, heads, length, length]}. */
        public List<Tensor> attentionWeights() {
            return blocks.stream().map(b -> b.attention().attention().weights()).toList();
        }

        /** Cross-attention weights of every block, {@code [batch, heads, length, sourceLength]}. */
        public List<Tensor> crossAttentionWeights() {
            return blocks.stream().map(b -> b.cross().attention().weights()).toList();
        }

        /** The relative position bias, {@code [heads, length, length]}. */
        public Tensor positionBias() {
            return bias.bias();
        }
    }

    /**
     * @param ids decoder inputs {@code [batch * length]}, checked by the caller
     * @param keyMask {@code [batch * length]}, 0 where a decoder position must not be attended to; null for none
     * @param memory the encoder's output {@code [batch * sourceLength, dModel]}
     * @param memoryMask {@code [batch * sourceLength]}, 0 where there is padding; null for none
     */
    public Pass forward(Step step, int batch, int length, int[] ids, int[] keyMask, Tensor memory, int[] memoryMask) {
        Stack.Start start = stack.start(step, length, ids);
        AttentionMask mask = step.mask(batch, length, length, true, keyMask);
        AttentionMask crossMask = step.mask(batch, length, memory.size(0) / batch, false, memoryMask);
        RelativePositionBias.Pass bias = positions().forward(step, 0, length, length);
        List<DecoderBlock.Pass> passes = new ArrayList<>();
        Tensor x = start.out();
        for (DecoderBlock block : blocks) {
            DecoderBlock.Pass pass = block.forward(step, batch, x, bias.bias(), mask, memory, crossMask);
            passes.add(pass);
            x = pass.out();
        }
        return new Pass(start, bias, passes, stack.end(step, length, x));
    }

    /**
     * Accumulates the gradients of all parameters from {@code dOut}, the gradient of the output, and adds the gradient
     * of the encoder's output to {@code dMemory}.
     */
    public void backward(Step step, Pass pass, Tensor dOut, Tensor dMemory) {
        int length = pass.bias.bias().size(1);
        Tensor dBias = step.zeros(config.numHeads(), length, length);
        Tensor dX = stack.endBackward(step, pass.end, dOut);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).backward(step, pass.blocks.get(i), dX, dBias, dMemory);
        }
        positions().backward(step, pass.bias, dBias);
        stack.startBackward(step, pass.start, dX);
    }

    /** What decoding keeps between tokens: the caches of every block and the encoder's output as keys and values. */
    public final class Cache {
        private final int batch;
        private final List<KeyValueCache> self = new ArrayList<>();
        private final List<Attention.KeyValue> cross = new ArrayList<>();
        private final AttentionMask crossMask;

        /**
         * @param step a pass on the arena {@code memoryArena}, which must live as long as the cache
         * @param rows hypotheses: {@code batch} times the number of beams
         * @param capacity tokens that a hypothesis can have
         */
        public Cache(Step step, Arena memoryArena, int batch, int rows, int capacity, Tensor memory, int[] memoryMask) {
            this.batch = batch;
            for (DecoderBlock block : blocks) {
                self.add(new KeyValueCache(memoryArena, rows, capacity, config.inner()));
                cross.add(block.crossAttention().project(step, memory));
            }
            this.crossMask = step.mask(batch, rows / batch, memory.size(0) / batch, false, memoryMask);
        }

        /** Number of tokens that every hypothesis has. */
        public int length() {
            return self.get(0).length();
        }

        /** Hypothesis {@code i} becomes a continuation of hypothesis {@code parents[i]}. */
        public void reorder(Step step, int[] parents) {
            IntTensor rows = step.ints(parents);
            self.forEach(cache -> cache.reorder(step, rows));
        }
    }

    /** The output {@code [rows, dModel]} for one more token of every hypothesis. */
    public Tensor decode(Step step, int[] tokens, Cache cache) {
        int position = cache.length();
        Tensor x = stack.start(step, 1, tokens).out();
        Tensor bias = positions().forward(step, position, 1, position + 1).bias();
        for (int i = 0; i < blocks.size(); i++) {
            x = blocks.get(i)
                    .decode(step, cache.batch, x, bias, cache.self.get(i), cache.cross.get(i), cache.crossMask);
        }
        return stack.end(step, 1, x).out();
    }

    private RelativePositionBias positions() {
        return blocks.get(0).selfAttention().relativePositionBias();
    }
}
