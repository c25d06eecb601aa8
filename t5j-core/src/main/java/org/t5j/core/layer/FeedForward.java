package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * The feed-forward sub-layer: {@code x + dropout(wo(dropout(f(wi n))))} in v1.0 and {@code x + dropout(wo(dropout(f(wi_0
 * n) * wi_1 n)))} in v1.1, with {@code n = norm(x)}.
 */
public final class FeedForward {
    private final Activation activation;
    private final Linear wi;
    /** The linear half of a gated layer; null where there is no gate. */
    private final Linear wi1;

    private final Linear wo;
    private final RmsNorm norm;

    FeedForward(ParameterSet parameters, String name, T5Config config) {
        String dense = name + ".DenseReluDense.";
        boolean gated = config.feedForwardType().gated();
        this.activation = config.feedForwardType().activation();
        this.wi = new Linear(parameters, dense + (gated ? "wi_0" : "wi"), config.dModel(), config.dFf());
        this.wi1 = gated ? new Linear(parameters, dense + "wi_1", config.dModel(), config.dFf()) : null;
        this.wo = new Linear(parameters, dense + "wo", config.dFf(), config.dModel());
        this.norm = new RmsNorm(parameters, name + ".layer_norm", config.dModel(), config.layerNormEpsilon());
    }

    /** @param linear null where there is no gate */
    record Pass(
            RmsNorm.Pass norm, Tensor gate, Tensor linear, Dropout inner, Tensor hidden, Dropout outer, Tensor out) {}

    Pass forward(Step step, int batch, Tensor x) {
        RmsNorm.Pass normed = norm.forward(step, x);
        Tensor gate = wi.forward(step, normed.out());
        Tensor linear = wi1 == null ? null : wi1.forward(step, normed.out());
        Dropout inner = step.nextDropout(x.size(0) / batch);
        Tensor hidden = step.take(gate.shape());
        if (linear == null) {
            step.kernels().activate(activation, gate, inner, hidden);
        } else {
            step.kernels().gate(activation, gate, linear, inner, hidden);
        }
        Dropout outer = step.nextDropout(x.size(0) / batch);
        Tensor out = wo.forward(step, hidden);
        step.kernels().addDropout(x, out, outer, out);
        return new Pass(normed, gate, linear, inner, hidden, outer, out);
    }

    /** Turns {@code dX} from the gradient of the output into that of the input. */
    void backward(Step step, Pass pass, Tensor dX) {
        var mark = step.arena().mark();
        Tensor dHidden = step.take(pass.hidden.shape());
        Tensor dNormed = step.take(dX.shape());
        wo.backward(step, pass.hidden, step.dropped(dX, pass.outer), 0f, dHidden);
        if (pass.linear == null) {
            step.kernels().activateBackward(activation, dHidden, pass.gate, pass.inner, dHidden);
            wi.backward(step, pass.norm.out(), dHidden, 0f, dNormed);
        } else {
            Tensor dGate = step.take(pass.gate.shape());
            step.kernels().gateBackward(activation, dHidden, pass.gate, pass.linear, pass.inner, dGate, dHidden);
            wi.backward(step, pass.norm.out(), dGate, 0f, dNormed);
            wi1.backward(step, pass.norm.out(), dHidden, 1f, dNormed);
        }
        norm.backward(step, pass.norm, dNormed, dX);
        step.arena().release(mark);
    }
}
