package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** Embedding, blocks that read in both directions, and a last norm; dropout at both ends. */
public final class Encoder {
    private final Embedding embedding;
    private final List<EncoderBlock> blocks = new ArrayList<>();
    private final RmsNorm finalNorm;
    private final int numHeads;

    public Encoder(ParameterSet parameters, T5Config config, Embedding embedding) {
        this.embedding = embedding;
        this.numHeads = config.numHeads();
        for (int i = 0; i < config.numLayers(); i++) {
            blocks.add(new EncoderBlock(parameters, "encoder.block." + i, config, i == 0));
        }
        this.finalNorm =
                new RmsNorm(parameters, "encoder.final_layer_norm", config.dModel(), config.layerNormEpsilon());
    }

    /** Everything the backward pass needs; {@code out} is {@code [batch * length, dModel]}. */
    public record Pass(
            IntTensor ids,
            Dropout embeddingDropout,
            Tensor embedded,
            RelativePositionBias.Pass bias,
            List<EncoderBlock.Pass> blocks,
            RmsNorm.Pass norm,
            Dropout finalDropout,
            Tensor out) {

        /** The embedding, the output of every block but the last, and the result: as Hugging Face lists them. */
        public List<Tensor> hiddenStates() {
            return HiddenStates.of(
                    embedded, blocks.stream().map(EncoderBlock.Pass::out).toList(), out);
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
        IntTensor rows = step.ints(ids);
        Dropout embeddingDropout = step.nextDropout(length);
        Tensor embedded = step.dropped(embedding.forward(step, rows), embeddingDropout);
        AttentionMask mask = step.mask(batch, length, length, false, keyMask);
        RelativePositionBias.Pass bias = positions().forward(step, 0, length, length);
        List<EncoderBlock.Pass> passes = new ArrayList<>();
        Tensor x = embedded;
        for (EncoderBlock block : blocks) {
            EncoderBlock.Pass pass = block.forward(step, batch, x, bias.bias(), mask);
            passes.add(pass);
            x = pass.out();
        }
        RmsNorm.Pass normed = finalNorm.forward(step, x);
        Dropout finalDropout = step.nextDropout(length);
        Tensor out = step.dropped(normed.out(), finalDropout);
        return new Pass(rows, embeddingDropout, embedded, bias, passes, normed, finalDropout, out);
    }

    /** Accumulates the gradients of all parameters from {@code dOut}, the gradient of the output. */
    public void backward(Step step, Pass pass, Tensor dOut) {
        int length = pass.bias.bias().size(1);
        Tensor dX = step.take(dOut.shape());
        Tensor dBias = step.take(numHeads, length, length);
        step.kernels().fill(dX, 0f);
        step.kernels().fill(dBias, 0f);
        finalNorm.backward(step, pass.norm, step.dropped(dOut, pass.finalDropout), dX);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).backward(step, pass.blocks.get(i), dX, dBias);
        }
        positions().backward(step, pass.bias, dBias);
        embedding.backward(step, pass.ids, step.dropped(dX, pass.embeddingDropout));
    }

    private RelativePositionBias positions() {
        return blocks.get(0).selfAttention().relativePositionBias();
    }
}
