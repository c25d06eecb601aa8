package org.t5j.core.layer;

import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** The table of token vectors that encoder and decoder share; neither positions nor a scale are added. */
public final class Embedding {
    private final Parameter weight;

    public Embedding(ParameterSet parameters, String name, int vocabSize, int dModel) {
        this.weight = parameters.add(name + ".weight", vocabSize, dModel);
    }

    public Parameter weight() {
        return weight;
    }

    boolean trains() {
        return weight.trainable();
    }

    /** {@code [rows, dModel]} for {@code rows} ids, which the caller has checked. */
    Tensor forward(Step step, IntTensor ids) {
        Tensor x = step.take(ids.length(), weight.value().size(1));
        step.kernels().gatherRows(weight.value(), ids, x);
        return x;
    }

    void backward(Step step, IntTensor ids, Tensor dX) {
        step.kernels().scatterAddRows(dX, ids, weight.gradient());
    }
}
