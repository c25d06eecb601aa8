package org.t5j.core.layer;

import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** {@code y = x Wᵀ} with W {@code [out, in]}; T5 has no bias vectors. With {@link Lora} a low-rank product is added. */
public final class Linear {
    private final Parameter weight;
    /** Null where there is none. */
    private final LowRank update;

    Linear(ParameterSet parameters, String name, int in, int out) {
        this(parameters, name, in, out, null);
    }

    /** @param lora null for none */
    Linear(ParameterSet parameters, String name, int in, int out, Lora lora) {
        this.weight = parameters.add(name + ".weight", out, in);
        this.update = lora == null ? null : new LowRank(parameters, weight.name(), in, out, lora);
    }

    boolean trains() {
        return weight.trainable() || update != null && update.trains();
    }

    /** What the backward pass needs; {@code dropout} is that of the low-rank update. */
    record Pass(Tensor x, Dropout dropout, Tensor out) {}

    /** {@code x} {@code [rows, in]}, rows of {@code sequences}, to {@code [rows, out]}. */
    Pass forward(Step step, Sequences sequences, Tensor x) {
        Tensor y = step.take(x.size(0), weight.value().size(0));
        Dropout dropout = update == null ? Dropout.NONE : update.nextDropout(step, sequences);
        forwardInto(step, x, dropout, y);
        return new Pass(x, dropout, y);
    }

    /** {@code x} {@code [rows, in]} to {@code [rows, out]}, without dropout. */
    Tensor forward(Step step, Tensor x) {
        Tensor y = step.take(x.size(0), weight.value().size(0));
        forwardInto(step, x, y);
        return y;
    }

    /** {@code x} {@code [rows, in]} to {@code y} {@code [rows, out]}, without dropout. */
    void forwardInto(Step step, Tensor x, Tensor y) {
        forwardInto(step, x, Dropout.NONE, y);
    }

    private void forwardInto(Step step, Tensor x, Dropout dropout, Tensor y) {
        step.kernels().matmul(x, false, weight.value(), true, 1f, 0f, y);
        if (update != null) {
            update.addTo(step, x, dropout, y);
        }
    }

    /**
     * The backward pass of {@link #forward(Step, Sequences, Tensor)}.
     *
     * @param beta 0 to overwrite {@code dX}, 1 to add to it
     * @param dX null where it is not wanted
     */
    void backward(Step step, Pass pass, Tensor dY, float beta, Tensor dX) {
        backward(step, pass.x, dY, beta, dX);
        if (update != null) {
            update.backward(step, pass.x, pass.dropout, dY, dX);
        }
    }

    /**
     * {@code dX = dY W + beta dX} and {@code dW += dYᵀ x}, where there is no low-rank update.
     *
     * @param beta 0 to overwrite {@code dX}, 1 to add to it
     * @param dX null where it is not wanted
     */
    void backward(Step step, Tensor x, Tensor dY, float beta, Tensor dX) {
        if (dX != null) {
            inputGradientInto(step, dY, beta, dX);
        }
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
