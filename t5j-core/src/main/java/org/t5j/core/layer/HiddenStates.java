package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.t5j.core.tensor.Tensor;

/** The hidden states of a stack in Hugging Face's order. */
final class HiddenStates {
    private HiddenStates() {}

    /** The embedding, the output of every block but the last, and the result after the final norm. */
    static List<Tensor> of(Tensor embedded, List<Tensor> blockOutputs, Tensor out) {
        List<Tensor> states = new ArrayList<>();
        states.add(embedded);
        states.addAll(blockOutputs.subList(0, blockOutputs.size() - 1));
        states.add(out);
        return states;
    }
}
