package org.t5j.core;

import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.LanguageModelHead;
import org.t5j.core.layer.Step;
import org.t5j.core.tensor.Tensor;

/** What an {@link Architecture} makes of a batch, up to the vectors that the head turns into logits. */
interface Stacks {

    /** A pass that can be followed back. */
    interface Pass {
        /** What was read and is to be predicted. */
        TargetRows rows();

        /** {@code [rows, dModel]}: what became of every position. */
        Tensor out();

        /** Accumulates the gradients of the parameters that are trained from the gradient of {@link #out}. */
        void backward(Step step, Tensor dOut);
    }

    /** Whether a weight of a stack is trained, the embedding included. */
    boolean train();

    /**
     * A pass through all stacks.
     *
     * @param lossOnInputs whether the inputs are to be predicted too, where these stacks can
     */
    Pass forward(Step step, T5Batch batch, boolean lossOnInputs);

    /** Everything that a pass over padded rows computes; the batch is not packed. */
    T5Activations activations(Step step, T5Batch batch, LanguageModelHead head);

    /** Reads the inputs and gets ready to write, see {@link SequenceModel#startDecoding}. */
    DecoderState startDecoding(
            Kernels kernels, DecodingMemory arenas, T5Batch inputs, LanguageModelHead head, DecodingSize size);
}
