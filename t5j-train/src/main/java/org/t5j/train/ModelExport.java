package org.t5j.train;

import org.t5j.core.checkpoint.TensorSource;

/**
 * How the parameters of a model in training become the tensors of an ordinary model, which any reader of Hugging Face's
 * layout can load: LoRA's matrices, which such readers do not know, are merged into the weights that they belong to.
 *
 * <p>The rule for all checkpoints of a run: {@code model.safetensors} holds what was evaluated, averaged and merged, so
 * that whoever loads it gets the scores that the log tells of; {@code training/weights.safetensors} holds beside it the
 * training values of exactly those parameters that {@code model.safetensors} does not hold as they are. Nothing is ever
 * computed back from averaged or merged weights, so that a resumed run goes on with the same bits.
 */
public interface ModelExport {
    /** Every parameter under its own name, with its own values. */
    ModelExport AS_IT_IS = new ModelExport() {
        @Override
        public TensorSource tensors(TensorSource parameters) {
            return parameters;
        }

        @Override
        public boolean keeps(String parameter) {
            return true;
        }
    };

    /**
     * The tensors of {@code model.safetensors}, computed as they are asked for.
     *
     * @param parameters the values that are evaluated, under the parameters' names
     */
    TensorSource tensors(TensorSource parameters);

    /** Whether {@link #tensors} holds a parameter under its name with the values that it was given. */
    boolean keeps(String parameter);
}
