package org.t5j.core.layer;

import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Tensor;

/**
 * What is kept of a block between its forward and its backward pass: everything, or what it read and wrote alone, from
 * which the rest is computed again.
 *
 * @param block that passed
 * @param input of the stack
 * @param x what the block read
 * @param bias that its self-attention added
 * @param dropouts how many dropouts the pass had met before
 * @param pass what the backward pass needs; null where that is computed again
 * @param out what the block wrote
 */
record BlockPass(Block block, Stack.Input input, Tensor x, Tensor bias, int dropouts, Block.Pass pass, Tensor out) {

    /** Passes {@code x} through {@code block}, and keeps of it what {@code step} says. */
    static BlockPass forward(Step step, Block block, Stack.Input input, Tensor x, Tensor bias) {
        int dropouts = step.dropouts();
        if (!step.recompute()) {
            Block.Pass pass = block.forward(step, input, x, bias);
            return new BlockPass(block, input, x, bias, dropouts, pass, pass.out());
        }
        Tensor out = step.take(x.shape());
        Arena.Mark mark = step.arena().mark();
        step.kernels().copy(block.forward(step, input, x, bias).out(), out);
        step.arena().release(mark);
        return new BlockPass(block, input, x, bias, dropouts, null, out);
    }

    /** {@link Block#backward}, after the same forward pass where nothing of it was kept. */
    void backward(Step step, Tensor dX, Tensor dBias, Tensor dMemory, boolean inputWanted) {
        if (pass != null) {
            block.backward(step, pass, dX, dBias, dMemory, inputWanted);
            return;
        }
        Arena.Mark mark = step.arena().mark();
        step.rewindDropouts(dropouts);
        Block.Pass again = block.forward(step, input, x, bias);
        block.backward(step, again, dX, dBias, dMemory, inputWanted);
        step.arena().release(mark);
    }

    /** Weights of self-attention; of a pass that was kept. */
    Tensor selfAttentionWeights(Step step) {
        return block.selfAttentionWeights(step, pass);
    }

    /** Weights of the attention to the encoder's output; of a pass that was kept. */
    Tensor crossAttentionWeights(Step step) {
        return block.crossAttentionWeights(step, pass);
    }
}
