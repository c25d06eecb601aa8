package org.t5j.core;

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

/** An encoder that reads the inputs and a decoder that attends to what it made of them, with weights of its own or not. */
final class EncoderDecoder implements Stacks {
    private final Stack encoder;
    private final Stack decoder;

    EncoderDecoder(ParameterSet parameters, T5Config config, Additions additions, Embedding shared) {
        this.encoder = Stack.encoder(parameters, config, additions, shared);
        this.decoder = config.architecture() == Architecture.SHARED
                ? Stack.decoderSharing(encoder, parameters, config, additions)
                : Stack.decoder(parameters, config, additions, shared);
    }

    @Override
    public boolean train() {
        return encoder.trains() || decoder.trains();
    }

    /** A pass through both, the encoder's first. */
    private final class BothPass implements Pass {
        private final TargetRows rows;
        private final StackPass encoded;
        private final StackPass decoded;

        BothPass(Step step, RaggedBatch batch) {
            this.rows = batch.targets();
            AttentionMask inputMask = inputMask(step, batch);
            this.encoded = encoder.forward(step, encoderInput(batch, inputMask));
            Stack.Memory memory = new Stack.Memory(batch.inputs(), encoded.out(), inputMask);
            AttentionMask mask = step.mask(rows.sequences(), true, null, rows.mask());
            this.decoded = decoder.forward(step, new Stack.Input(rows.sequences(), rows.ids(), mask, memory));
        }

        @Override
        public TargetRows rows() {
            return rows;
        }

        @Override
        public Tensor out() {
            return decoded.out();
        }

        @Override
        public void backward(Step step, Tensor dOut) {
            Tensor dEncoded = encoder.trains() ? step.zeros(encoded.out().shape()) : null;
            decoder.backward(step, decoded, dOut, dEncoded);
            if (dEncoded != null) {
                encoder.backward(step, encoded, dEncoded, null);
            }
        }
    }

    private static Stack.Input encoderInput(RaggedBatch batch, AttentionMask mask) {
        return new Stack.Input(batch.inputs(), batch.inputIds(), mask, null);
    }

    private static AttentionMask inputMask(Step step, RaggedBatch batch) {
        return step.mask(batch.inputs(), false, null, batch.inputMask());
    }

    @Override
    public Pass forward(Step step, T5Batch batch, boolean lossOnInputs) {
        if (lossOnInputs) {
            throw new T5Exception(
                    "A model with an encoder predicts targets alone, not its inputs: only decoders without"
                            + " an encoder have a loss on inputs");
        }
        return new BothPass(step, RaggedBatch.of(batch));
    }

    @Override
    public T5Activations activations(Step step, T5Batch batch, LanguageModelHead head) {
        BothPass pass = new BothPass(step, RaggedBatch.padded(batch));
        HostCopies host = new HostCopies(step);
        return new T5Activations(
                host.arrays(pass.encoded.hiddenStates()),
                host.arrays(pass.decoded.hiddenStates()),
                host.arrays(pass.encoded.selfAttentionWeights(step)),
                host.arrays(pass.decoded.selfAttentionWeights(step)),
                host.arrays(pass.decoded.crossAttentionWeights(step)),
                host.biasOfPairs(pass.encoded.positionBias(), batch.inputLength()),
                host.biasOfPairs(pass.decoded.positionBias(), batch.targetLength()),
                host.array(head.logits(step, pass.out())));
    }

    @Override
    public DecoderState startDecoding(
            Kernels kernels, DecodingMemory arenas, T5Batch inputs, LanguageModelHead head, DecodingSize size) {
        RaggedBatch batch = RaggedBatch.of(inputs);
        return new ModelDecoderState(kernels, arenas, decoder, head, size, (keeping, scratch) -> {
            AttentionMask mask = inputMask(keeping, batch);
            Tensor encoded = encoder.output(scratch, encoderInput(batch, mask));
            Stack.Memory memory = new Stack.Memory(batch.inputs(), encoded, mask);
            StackCache cache = decoder.newCache(keeping, size.rows(), size.maxLength(), memory);
            return new ModelDecoderState.Start(cache);
        });
    }
}
