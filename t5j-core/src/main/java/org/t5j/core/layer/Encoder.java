package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** Embedding, blocks that read in both directions, and a last norm; dropout at both ends. */
public final class Encoder {
    private final Stack stack;
    private final List<EncoderBlock> blocks = new ArrayList<>();

    public Encoder(ParameterSet parameters, T5Config config, Embedding embedding) {
        for (int i = 0; i < config.numLayers(); i++) {
            blocks.add(new EncoderBlock(parameters, "encoder.block." + i, config, i == 0));
        }
        this.stack = new Stack(parameters, "encoder", config, embedding);
    }

    /** Everything the backward pass needs; {@code out} is {@code [batch * length, dModel]}. */
    public record Pass(
            Stack.Start start, RelativePositionBias.Pass bias, List<EncoderBlock.Pass> blocks, Stack.End end) {
        public Tensor out() {
            return end.out();
        }

        /** The embedding, the output of every block but the last, and the result: as Hugging Face lists them. */
        public List<Tensor> hiddenStates() {
            return Stack.hiddenStates(
                    start, blocks.stream().map(EncoderBlock.Pass::out).toList(), end);
        }

        /** The relative position bias, {@code [heads, distances]}. */
        public Tensor positionBias() {
            return bias.bias();
        }
    }

    /**
     * @param sequences of the inputs
     * @param ids {@code [sequences.rows()]}, checked by the caller
     * @param mask of the inputs
     */
    public Pass forward(Step step, Sequences sequences, int[] ids, AttentionMask mask) {
        Stack.Start start = stack.start(step, sequences, ids);
        RelativePositionBias.Pass bias = positions().forward(step, sequences);
        List<EncoderBlock.Pass> passes = new ArrayList<>();
        Tensor x = start.out();
        for (EncoderBlock block : blocks) {
            EncoderBlock.Pass pass = block.forward(step, sequences, x, bias.bias(), mask);
            passes.add(pass);
            x = pass.out();
        }
        return new Pass(start, bias, passes, stack.end(step, sequences, x));
    }

    /**
     * The output {@code [sequences.rows(), dModel]} alone, in memory of a few layers instead of all: what a block needs
     * is given back after it. Parameters as {@link #forward}'s.
     */
    public Tensor encode(Step step, Sequences sequences, int[] ids, AttentionMask mask) {
        Tensor x = stack.start(step, sequences, ids).out();
        Tensor bias = positions().forward(step, sequences).bias();
        for (EncoderBlock block : blocks) {
            var mark = step.arena().mark();
            Tensor y = block.forward(step, sequences, x, bias, mask).out();
            step.kernels().copy(y, x);
            step.arena().release(mark);
        }
        return stack.end(step, sequences, x).out();
    }

    /** Accumulates the gradients of all parameters from {@code dOut}, the gradient of the output. */
    public void backward(Step step, Pass pass, Tensor dOut) {
        Tensor dBias = positions().newGradient(step, pass.bias);
        Tensor dX = stack.endBackward(step, pass.end, dOut);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).backward(step, pass.blocks.get(i), dX, dBias);
        }
        positions().backward(step, pass.bias, dBias);
        stack.startBackward(step, pass.start, dX);
    }

    /** Attention weights of every block, {@code [batch, heads, length, length]}. */
    public List<Tensor> attentionWeights(Step step, Pass pass) {
        return pass.blocks.stream()
                .map(block -> blocks.get(0).selfAttention().weights(step, block.attention()))
                .toList();
    }

    private RelativePositionBias positions() {
        return blocks.get(0).selfAttention().relativePositionBias();
    }
}
