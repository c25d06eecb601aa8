package org.t5j.core.layer;

import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** What {@link Lora} adds to one projection: {@code scale dropout(x) Aᵀ Bᵀ}. */
final class LowRank {
    private final Lora lora;
    private final Parameter a;
    private final Parameter b;

    /** @param weight the name of the projection's own weight */
    LowRank(ParameterSet parameters, String weight, int in, int out, Lora lora) {
        this.lora = lora;
        this.a = parameters.add(Lora.nameOfA(weight), lora.rank(), in);
        this.b = parameters.add(Lora.nameOfB(weight), out, lora.rank());
    }

    boolean trains() {
        return a.trainable() || b.trainable();
    }

    Dropout nextDropout(Step step, Sequences sequences) {
        return step.nextDropout(sequences, lora.dropout());
    }

    /** Adds to {@code y}. */
    void addTo(Step step, Tensor x, Dropout dropout, Tensor y) {
        Arena.Mark mark = step.arena().mark();
        Tensor inner = inner(step, step.dropped(x, dropout));
        step.kernels().matmul(inner, false, b.value(), true, lora.scale(), 1f, y);
        step.arena().release(mark);
    }

    private Tensor inner(Step step, Tensor dropped) {
        Tensor inner = step.take(dropped.size(0), lora.rank());
        step.kernels().matmul(dropped, false, a.value(), true, 1f, 0f, inner);
        return inner;
    }

    /** Adds to the gradients of A and B and, where it is not null, to {@code dX}. */
    void backward(Step step, Tensor x, Dropout dropout, Tensor dY, Tensor dX) {
        Arena.Mark mark = step.arena().mark();
        if (trains()) {
            addWeightGradients(step, step.dropped(x, dropout), dY);
        }
        if (dX != null) {
            addInputGradient(step, dropout, dInner(step, dY), dX);
        }
        step.arena().release(mark);
    }

    private void addWeightGradients(Step step, Tensor dropped, Tensor dY) {
        if (b.trainable()) {
            step.kernels().matmul(dY, true, inner(step, dropped), false, lora.scale(), 1f, b.gradient());
        }
        if (a.trainable()) {
            step.kernels().matmul(dInner(step, dY), true, dropped, false, 1f, 1f, a.gradient());
        }
    }

    private void addInputGradient(Step step, Dropout dropout, Tensor dInner, Tensor dX) {
        if (dropout.active()) {
            Tensor dDropped = step.take(dX.shape());
            step.kernels().matmul(dInner, false, a.value(), false, 1f, 0f, dDropped);
            step.kernels().dropout(dDropped, dropout, dDropped);
            step.kernels().addInPlace(dX, dDropped);
        } else {
            step.kernels().matmul(dInner, false, a.value(), false, 1f, 1f, dX);
        }
    }

    private Tensor dInner(Step step, Tensor dY) {
        Tensor dInner = step.take(dY.size(0), lora.rank());
        step.kernels().matmul(dY, false, b.value(), false, lora.scale(), 0f, dInner);
        return dInner;
    }
}
