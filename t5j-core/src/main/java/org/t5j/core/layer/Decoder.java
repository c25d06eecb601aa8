package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;
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

        /** The relative position bias, {@code [heads, distances]}. */
        public Tensor positionBias() {
            return bias.bias();
        }
    }

    /**
     * @param sequences of the decoder's inputs
     * @param ids {@code [sequences.rows()]}, checked by the caller
     * @param mask of the decoder's inputs, causal
     * @param memorySequences of the encoder's inputs
     * @param memory the encoder's output {@code [memorySequences.rows(), dModel]}
     * @param memoryMask of the encoder's inputs
     */
    public Pass forward(
            Step step,
            Sequences sequences,
            int[] ids,
            AttentionMask mask,
            Sequences memorySequences,
            Tensor memory,
            AttentionMask memoryMask) {
        Stack.Start start = stack.start(step, sequences, ids);
        RelativePositionBias.Pass bias = positions().forward(step, sequences);
        List<DecoderBlock.Pass> passes = new ArrayList<>();
        Tensor x = start.out();
        for (DecoderBlock block : blocks) {
            DecoderBlock.Pass pass =
                    block.forward(step, sequences, x, bias.bias(), mask, memorySequences, memory, memoryMask);
            passes.add(pass);
            x = pass.out();
        }
        return new Pass(start, bias, passes, stack.end(step, sequences, x));
    }

    /**
     * Accumulates the gradients of all parameters from {@code dOut}, the gradient of the output, and adds the gradient
     * of the encoder's output to {@code dMemory}.
     */
    public void backward(Step step, Pass pass, Tensor dOut, Tensor dMemory) {
        Tensor dBias = positions().newGradient(step, pass.bias);
        Tensor dX = stack.endBackward(step, pass.end, dOut);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).backward(step, pass.blocks.get(i), dX, dBias, dMemory);
        }
        positions().backward(step, pass.bias, dBias);
        stack.startBackward(step, pass.start, dX);
    }

    /** Self-attention weights of every block, {@code [batch, heads, length, length]}. */
    public List<Tensor> attentionWeights(Step step, Pass pass) {
        return pass.blocks.stream()
                .map(block -> blocks.get(0).selfAttention().weights(step, block.attention()))
                .toList();
    }

    /** Cross-attention weights of every block, {@code [batch, heads, length, sourceLength]}. */
    public List<Tensor> crossAttentionWeights(Step step, Pass pass) {
        return pass.blocks.stream()
                .map(block -> blocks.get(0).crossAttention().weights(step, block.cross()))
                .toList();
    }

    /** What decoding keeps between tokens: the caches of every block and where each hypothesis stands in them. */
    public final class Cache {
        private final HypothesisRows hypotheses;
        private final List<DecoderBlock.Cache> caches = new ArrayList<>();
        private final DecoderBlock.Memory memory;

        /**
         * @param step a pass on an arena that lives as long as the cache
         * @param rows hypotheses, those of one input together: a multiple of the inputs
         * @param capacity tokens that a hypothesis can have
         * @param sequences of the encoder's inputs
         * @param encoded the encoder's output {@code [sequences.rows(), dModel]}
         * @param memoryMask of the encoder's inputs, in the same arena
         */
        public Cache(Step step, int rows, int capacity, Sequences sequences, Tensor encoded, AttentionMask memoryMask) {
            this.hypotheses = new HypothesisRows(rows, capacity);
            for (DecoderBlock block : blocks) {
                caches.add(block.newCache(step, rows * capacity, config.inner(), encoded));
            }
            this.memory = new DecoderBlock.Memory(memoryRows(sequences, rows), memoryMask.additive());
        }

        /** Hypothesis {@code i} becomes a continuation of hypothesis {@code parents[i]}. */
        public void reorder(int[] parents) {
            hypotheses.reorder(parents);
        }
    }

    private static KeyRows memoryRows(Sequences sequences, int hypotheses) {
        int[] starts = new int[hypotheses];
        int[] lengths = new int[hypotheses];
        int[] rows = new int[sequences.rows()];
        Arrays.setAll(rows, row -> row);
        for (int i = 0; i < hypotheses; i++) {
            int input = i / (hypotheses / sequences.count());
            starts[i] = sequences.start(input);
            lengths[i] = sequences.length(input);
        }
        return new KeyRows(starts, lengths, rows);
    }

    /** The output {@code [hypotheses, dModel]} for one more token of every hypothesis. */
    public Tensor decode(Step step, int[] tokens, Cache cache) {
        int position = cache.hypotheses.length();
        int newRow = cache.hypotheses.append();
        KeyRows rows = cache.hypotheses.rows();
        Tensor x = stack.start(step, null, tokens).out();
        Tensor bias = positions().decode(step, position);
        for (int i = 0; i < blocks.size(); i++) {
            x = blocks.get(i).decode(step, x, cache.caches.get(i), newRow, rows, bias, cache.memory);
        }
        return stack.end(step, null, x).out();
    }

    private RelativePositionBias positions() {
        return blocks.get(0).selfAttention().relativePositionBias();
    }
}
