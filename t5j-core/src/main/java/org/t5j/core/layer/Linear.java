package org.t5j.core.layer;

import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** {@code y = x Wᵀ} with W {@code [out, in]}; T5 has no bias vectors. */
public final class Linear {
    private final Parameter weight;

    Linear(ParameterSet parameters, String name, int in, int out) {
        this.weight = parameters.add(name + ".weight", out, in);
    }

    /** {@code x} {@code [rows, in]} to {@code [rows, out]}. */
    Tensor forward(Step step, Tensor x) {
        Tensor y = step.take(x.size(0), weight.value().size(0));
        forwardInto(step, x, y);
        return y;
    }

    /** {@code x} {@code [rows, in]} to {@code y} {@code [rows, out]}. */
    void forwardInto(Step step, Tensor x, Tensor y) {
        step.kernels().matmul(x, false, weight.value(), true, 1f, 0f, y);
    }

    /**
     * {@code dX = dY W + beta dX} and {@code dW += dYᵀ x}.
     *
     * @param beta 0 to overwrite {@code dX}, 1 to add to it
     */
    void backward(Step step, Tensor x, Tensor dY, float beta, Tensor dX) {
        inputGradientInto(step, dY, beta, dX);
        addWeightGradient(step, x, dY);
    }

    /** {@code dX = dY W + beta dX}. */
    void inputGradientInto(Step step, Tensor dY, float beta, Tensor dX) {
        step.kernels().matmul(dY, false, weight.value(), false, 1f, beta, dX);
    }

    /** {@code dW += dYᵀ x}. */
    void addWeightGradient(Step step, Tensor x, Tensor dY) {
        if (weight.trainable()) {
            step.kernels().matmul(dY, true, x, false, 1f, 1f, weight.gradient());
        }
    }
}
