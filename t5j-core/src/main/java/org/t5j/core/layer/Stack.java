package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** What encoder and decoder have in common: the embedding before the blocks and the norm after them, with dropout. */
final class Stack {
    private final Embedding embedding;
    private final RmsNorm finalNorm;

    /** @param name {@code encoder} or {@code decoder}; its blocks have registered their parameters already */
    Stack(ParameterSet parameters, String name, T5Config config, Embedding embedding) {
        this.embedding = embedding;
        this.finalNorm =
                new RmsNorm(parameters, name + ".final_layer_norm", config.dModel(), config.layerNormEpsilon());
    }

    /** The beginning of a pass; {@code out} is what the first block reads. */
    record Start(IntTensor ids, Dropout dropout, Tensor out) {}

    /** The end of a pass. */
    record End(RmsNorm.Pass norm, Dropout dropout, Tensor out) {}

    Start start(Step step, Sequences sequences, int[] ids) {
        IntTensor rows = step.ints(ids);
        Dropout dropout = step.nextDropout(sequences);
        return new Start(rows, dropout, step.dropped(embedding.forward(step, rows), dropout));
    }

    /** Adds the gradient of the embedding, from that of what the first block read. */
    void startBackward(Step step, Start start, Tensor dX) {
        embedding.backward(step, start.ids, step.dropped(dX, start.dropout));
    }

    End end(Step step, Sequences sequences, Tensor x) {
        RmsNorm.Pass norm = finalNorm.forward(step, x);
        Dropout dropout = step.nextDropout(sequences);
        return new End(norm, dropout, step.dropped(norm.out(), dropout));
    }

    /** The gradient of what the last block wrote, in new memory. */
    Tensor endBackward(Step step, End end, Tensor dOut) {
        Tensor dX = step.zeros(dOut.shape());
        finalNorm.backward(step, end.norm, step.dropped(dOut, end.dropout), dX);
        return dX;
    }

    /** The embedding, the output of every block but the last, and the result: as Hugging Face lists hidden states. */
    static List<Tensor> hiddenStates(Start start, List<Tensor> blockOutputs, End end) {
        List<Tensor> states = new ArrayList<>();
        states.add(start.out);
        states.addAll(blockOutputs.subList(0, blockOutputs.size() - 1));
        states.add(end.out);
        return states;
    }
}
