package org.t5j.core.layer;

import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.Activation;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.Arena;
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
        this(parameters, name, name + ".DenseReluDense.", config, config.feedForwardType(), config.dFf());
    }

    private FeedForward(
            ParameterSet parameters, String name, String dense, T5Config config, FeedForwardType type, int width) {
        this.activation = type.activation();
        this.wi = new Linear(parameters, dense + (type.gated() ? "wi_0" : "wi"), config.dModel(), width);
        this.wi1 = type.gated() ? new Linear(parameters, dense + "wi_1", config.dModel(), width) : null;
        this.wo = new Linear(parameters, dense + "wo", width, config.dModel());
        this.norm = new RmsNorm(parameters, name + ".layer_norm", config.dModel(), config.layerNormEpsilon());
    }

    /**
     * An adapter of a block: a feed-forward sub-layer with relu, whatever the model's own have (mesh_tensorflow's {@code
     * DenseReluDense} as {@code t5/models/gin/task_adapter.gin} adds it), and names of t5j's own.
     *
     * @param width inner width, at least 1
     */
    static FeedForward adapter(ParameterSet parameters, String block, T5Config config, int width) {
        String name = block + ".adapter";
        return new FeedForward(parameters, name, name + ".", config, FeedForwardType.RELU, width);
    }

    boolean trains() {
        return wi.trains() || wi1 != null && wi1.trains() || wo.trains() || norm.trains();
    }

    /**
     * @param gate what {@code wi} computed; where it is null, {@code hidden} tells enough of it
     * @param linear null where there is no gate
     * @param hidden what {@code wo} reads; null where the backward pass computes it again
     */
    record Pass(
            RmsNorm.Pass norm, Tensor gate, Tensor linear, Dropout inner, Tensor hidden, Dropout outer, Tensor out) {}

    Pass forward(Step step, Sequences sequences, Tensor x) {
        RmsNorm.Pass normed = norm.forward(step, x);
        Dropout inner = step.nextDropout(sequences);
        Dropout outer = step.nextDropout(sequences);
        Tensor gate = wi.forward(step, normed.out());
        Tensor out = step.take(x.shape());
        Pass pass = wi1 == null
                ? forwardPlain(step, normed, gate, inner, outer, out)
                : forwardGated(step, normed, gate, inner, outer, out);
        step.kernels().addDropout(x, out, outer, out);
        return pass;
    }

    private Pass forwardPlain(Step step, RmsNorm.Pass normed, Tensor gate, Dropout inner, Dropout outer, Tensor out) {
        // Where max(x, 0) is not 0 it is x, and where it is 0 nothing flows back: x need not be kept.
        boolean inPlace = activation == Activation.RELU;
        Tensor hidden = inPlace ? gate : step.take(gate.shape());
        step.kernels().activate(activation, gate, inner, hidden);
        wo.forwardInto(step, hidden, out);
        return new Pass(normed, inPlace ? null : gate, null, inner, hidden, outer, out);
    }

    private Pass forwardGated(Step step, RmsNorm.Pass normed, Tensor gate, Dropout inner, Dropout outer, Tensor out) {
        Tensor linear = wi1.forward(step, normed.out());
        Arena.Mark mark = step.arena().mark();
        Tensor hidden = step.take(gate.shape());
        step.kernels().gate(activation, gate, linear, inner, hidden);
        wo.forwardInto(step, hidden, out);
        step.arena().release(mark);
        return new Pass(normed, gate, linear, inner, null, outer, out);
    }

    /**
     * Turns {@code dX} from the gradient of the output into that of the input.
     *
     * @param inputWanted whether {@code dX} is used any more
     */
    void backward(Step step, Pass pass, Tensor dX, boolean inputWanted) {
        Arena.Mark mark = step.arena().mark();
        Tensor dOut = step.dropped(dX, pass.outer);
        Tensor dNormed = inputWanted || norm.trains() ? step.take(dX.shape()) : null;
        Tensor normed = pass.norm.out();
        if (pass.linear == null) {
            Tensor dHidden = step.take(pass.hidden.shape());
            wo.backward(step, pass.hidden, dOut, 0f, dHidden);
            Tensor x = pass.gate == null ? pass.hidden : pass.gate;
            step.kernels().activateBackward(activation, dHidden, x, pass.inner, dHidden);
            wi.backward(step, normed, dHidden, 0f, dNormed);
        } else {
            Tensor hidden = step.take(pass.gate.shape());
            wo.inputGradientInto(step, dOut, 0f, hidden);
            step.kernels().gateBackwardInPlace(activation, hidden, pass.gate, pass.linear, pass.inner);
            wo.addWeightGradient(step, hidden, dOut);
            wi.backward(step, normed, pass.gate, 0f, dNormed);
            wi1.backward(step, normed, pass.linear, 1f, dNormed);
        }
        if (dNormed != null) {
            norm.backward(step, pass.norm, dNormed, dX);
        }
        step.arena().release(mark);
    }

    /** Of rows that are no sequences, without dropout. */
    Tensor decode(Step step, Tensor x) {
        return forward(step, null, x).out();
    }
}
