package org.t5j.core;

import java.util.List;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Embedding;
import org.t5j.core.layer.LanguageModelHead;
import org.t5j.core.layer.Stack;
import org.t5j.core.layer.StackCache;
import org.t5j.core.layer.StackPass;
import org.t5j.core.layer.Step;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** One stack that reads inputs and targets as one sequence, see {@link ConcatenatedBatch}. */
final class DecoderOnly implements Stacks {
    private final T5Config config;
    private final Stack decoder;

    DecoderOnly(ParameterSet parameters, T5Config config, Additions additions, Embedding shared) {
        this.config = config;
        this.decoder = Stack.decoderOnly(parameters, config, additions, shared);
    }

    @Override
    public boolean train() {
        return decoder.trains();
    }

    /** A pass through the one stack. */
    private record OnePass(Stack decoder, TargetRows rows, StackPass decoded) implements Pass {
        @Override
        public Tensor out() {
            return decoded.out();
        }

        @Override
        public void backward(Step step, Tensor dOut) {
            decoder.backward(step, decoded, dOut, null);
        }
    }

    private OnePass forward(Step step, TargetRows rows) {
        return new OnePass(decoder, rows, decoder.forward(step, input(step, rows)));
    }

    private static Stack.Input input(Step step, TargetRows rows) {
        AttentionMask mask = step.mask(rows.sequences(), true, rows.prefixes(), rows.mask());
        return new Stack.Input(rows.sequences(), rows.ids(), mask, null);
    }

    @Override
    public Pass forward(Step step, T5Batch batch, boolean lossOnInputs) {
        return forward(step, ConcatenatedBatch.of(batch, config, lossOnInputs));
    }

    @Override
    public T5Activations activations(Step step, T5Batch batch, LanguageModelHead head) {
        OnePass pass = forward(step, ConcatenatedBatch.padded(batch, config));
        HostCopies host = new HostCopies(step);
        return new T5Activations(
                List.of(),
                host.arrays(pass.decoded.hiddenStates()),
                List.of(),
                host.arrays(pass.decoded.selfAttentionWeights(step)),
                List.of(),
                new float[0],
                host.biasOfPairs(pass.decoded.positionBias(), batch.inputLength() + batch.targetLength()),
                host.array(head.logits(step, pass.out())));
    }

    /** The inputs are read as a whole, and what they leave behind is kept once for all hypotheses of an input. */
    @Override
    public DecoderState startDecoding(
            Kernels kernels, DecodingMemory arenas, T5Batch inputs, LanguageModelHead head, DecodingSize size) {
        TargetRows prompts = ConcatenatedBatch.of(inputs, config, false);
        return new ModelDecoderState(kernels, arenas, decoder, head, size, (keeping, scratch) -> {
            Stack.Input prompt = input(keeping, prompts);
            StackCache cache = decoder.newCache(keeping, size.rows(), size.maxLength() - 1, prompt);
            Tensor out = decoder.readPrompts(scratch, prompt, cache);
            return new ModelDecoderState.Start(cache, config.decoderStartTokenId(), out);
        });
    }
}
