package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** Embedding, blocks that read in both directions, and a last norm; dropout at both ends. */
public final class Encoder {
    private final Stack stack;
    private final List<EncoderBlock> blocks = new ArrayList<>();
    private final int numHeads;

    public Encoder(ParameterSet parameters, T5Config config, Embedding embedding) {
        this.numHeads = config.numHeads();
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

        /** Attention weights of every block, {@code [batch, heads, length, length]}. */
        public List<Tensor> attentionWeights() {
            return blocks.stream().map(b -> b.attention().attention().weights()).toList();
        }

        /** The relative position bias, {@code [heads, length, length]}. */
        public Tensor positionBias() {
            return bias.bias();
        }
    }

    /**
     * @param ids {@code [batch * length]}, checked by the caller
     * @param keyMask {@code [batch * length]}, 0 where there is padding; null for none
     */
    public Pass forward(Step step, int batch, int length, int[] ids, int[] keyMask) {
        Stack.Start start = stack.start(step, length, ids);
        AttentionMask mask = step.mask(batch, length, length, false, keyMask);
        RelativePositionBias.Pass bias = positions().forward(step, 0, length, length);
        List<EncoderBlock.Pass> passes = new ArrayList<>();
        Tensor x = start.out();
        for (EncoderBlock block : blocks) {
            EncoderBlock.Pass pass = block.forward(step, batch, x, bias.bias(), mask);
            passes.add(pass);
            x = pass.out();
        }
        return new Pass(start, bias, passes, stack.end(step, length, x));
    }

    /** Accumulates the gradients of all parameters from {@code dOut}, the gradient of the output. */
    public void backward(Step step, Pass pass, Tensor dOut) {
        int length = pass.bias.bias().size(1);
        Tensor dBias = step.zeros(numHeads, length, length);
        Tensor dX = stack.endBackward(step, pass.end, dOut);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).backward(step, pass.blocks.get(i), dX, dBias);
        }
        positions().backward(step, pass.bias, dBias);
        stack.startBackward(step, pass.start, dX);
    }

    private RelativePositionBias positions() {
        return blocks.get(0).selfAttention().relativePositionBias();
    }
}
