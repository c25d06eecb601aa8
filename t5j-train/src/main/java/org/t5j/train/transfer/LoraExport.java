package org.t5j.train.transfer;

import org.t5j.core.checkpoint.MergedLora;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.layer.Lora;
import org.t5j.train.ModelExport;

/** Checkpoints of a model with LoRA: an ordinary model with the updates merged, and beside it what they were merged from. */
public record LoraExport(Lora lora) implements ModelExport {

    /** What checkpoints hold of a model that has {@code lora}, or of one that has none where it is null. */
    public static ModelExport of(Lora lora) {
        return lora == null ? AS_IT_IS : new LoraExport(lora);
    }

    @Override
    public TensorSource tensors(TensorSource parameters) {
        return new MergedLora(parameters, lora);
    }

    @Override
    public boolean keeps(String parameter) {
        return !Lora.isLora(parameter) && !lora.updates(parameter);
    }
}
