package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/** Everything that {@link Stack#backward} needs of a forward pass. */
public record StackPass(Start start, List<RelativePositionBias.Pass> biases, List<BlockPass> blocks, End end) {

    /** The beginning of a pass; {@code out} is what the first block reads. */
    record Start(IntTensor ids, Dropout dropout, Tensor out) {}

    /** The end of a pass. */
    record End(RmsNorm.Pass norm, Dropout dropout, Tensor out) {}

    /** The result, {@code [rows, dModel]}. */
    public Tensor out() {
        return end.out;
    }

    /** The embedding, the output of every block but the last, and the result: as Hugging Face lists them. */
    public List<Tensor> hiddenStates() {
        List<Tensor> states = new ArrayList<>();
        states.add(start.out);
        blocks.subList(0, blocks.size() - 1).forEach(block -> states.add(block.out()));
        states.add(end.out);
        return states;
    }

    /** Self-attention weights of every block, {@code [batch, heads, length, length]}. */
    public List<Tensor> selfAttentionWeights(Step step) {
        return blocks.stream().map(block -> block.selfAttentionWeights(step)).toList();
    }

    /** Weights of every block's attention to the encoder's output, {@code [batch, heads, length, sourceLength]}. */
    public List<Tensor> crossAttentionWeights(Step step) {
        return blocks.stream().map(block -> block.crossAttentionWeights(step)).toList();
    }

    /** The relative position bias of the first block, {@code [heads, distances]}. */
    public Tensor positionBias() {
        return biases.get(0).bias();
    }
}
