package org.t5j.core.layer;

import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** T5's layer norm: a scale on {@code x / rms(x)}, no mean, no shift (section 2.1 of the paper). */
public final class RmsNorm {
    private final Parameter weight;
    private final float epsilon;

    RmsNorm(ParameterSet parameters, String name, int dModel, float epsilon) {
        this.weight = parameters.add(name + ".weight", dModel);
        this.epsilon = epsilon;
    }

    /** What the backward pass needs. */
    record Pass(Tensor x, Tensor inverseRms, Tensor out) {}

    Pass forward(Step step, Tensor x) {
        Pass pass = new Pass(x, step.take(x.rows()), step.take(x.shape()));
        step.kernels().rmsNorm(x, weight.value(), epsilon, pass.inverseRms, pass.out);
        return pass;
    }

    boolean trains() {
        return weight.trainable();
    }

    /** Adds the gradient of the input to {@code dX}. */
    void backward(Step step, Pass pass, Tensor dOut, Tensor dX) {
        step.kernels().rmsNormBackward(dOut, pass.x, weight.value(), pass.inverseRms, dX, weight.wantedGradient());
    }
}
