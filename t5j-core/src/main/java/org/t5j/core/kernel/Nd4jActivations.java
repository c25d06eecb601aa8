package org.t5j.core.kernel;

import static org.t5j.core.tensor.Nd4jBackend.array;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Tensor;

/** Activations and gates in ND4J operations. ND4J's own GELU operations compute other functions. */
final class Nd4jActivations {
    private static final double ROOT = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private final Nd4jKernels kernels;
    private final Arena scratch;

    Nd4jActivations(Nd4jKernels kernels, Arena scratch) {
        this.kernels = kernels;
        this.scratch = scratch;
    }

    void activate(Activation activation, Tensor x, Dropout dropout, Tensor out) {
        value(activation, array(x), array(out));
        kernels.dropout(out, dropout, out);
    }

    void activateBackward(Activation activation, Tensor dOut, Tensor x, Dropout dropout, Tensor dX) {
        Arena.Mark mark = scratch.mark();
        INDArray slope = array(scratch.take(x.shape()));
        derivative(activation, array(x), slope, array(scratch.take(x.shape())));
        kernels.dropout(dOut, dropout, dX);
        array(dX).muli(slope);
        scratch.release(mark);
    }

    void gate(Activation activation, Tensor gate, Tensor linear, Dropout dropout, Tensor out) {
        value(activation, array(gate), array(out));
        array(out).muli(array(linear));
        kernels.dropout(out, dropout, out);
    }

    void gateBackwardInPlace(Activation activation, Tensor dOut, Tensor gate, Tensor linear, Dropout dropout) {
        Arena.Mark mark = scratch.mark();
        INDArray f = array(scratch.take(gate.shape()));
        INDArray slope = array(scratch.take(gate.shape()));
        Tensor out = scratch.take(gate.shape());
        Tensor dropped = scratch.take(gate.shape());
        gate(activation, gate, linear, dropout, out);
        kernels.dropout(dOut, dropout, dropped);
        derivative(activation, array(gate), slope, f);
        value(activation, array(gate), f);
        Nd4jOps.multiply(slope, array(linear), slope);
        Nd4jOps.multiply(slope, array(dropped), array(gate));
        Nd4jOps.multiply(array(dropped), f, array(linear));
        kernels.copy(out, dOut);
        scratch.release(mark);
    }

    /** {@code z = f(x)}. */
    private static void value(Activation activation, INDArray x, INDArray z) {
        switch (activation) {
            case RELU -> Nd4j.exec(new RectifiedLinear(x, z, 0));
            case GELU_TANH -> {
                geluArgument(x, z);
                Nd4jOps.tanh(z, z);
                z.addi(1).muli(0.5).muli(x);
            }
            case SILU -> {
                Nd4jOps.sigmoid(x, z);
                z.muli(x);
            }
        }
    }

    /** {@code z = f'(x)}; {@code t} is scratch. */
    private static void derivative(Activation activation, INDArray x, INDArray z, INDArray t) {
        switch (activation) {
            case RELU -> {
                Nd4j.exec(new RectifiedLinear(x, z, 0));
                Nd4j.exec(new Sign(z, z));
            }
            case GELU_TANH -> {
                // 0.5 (1 + t) + 0.5 x (1 - t²) root (1 + 3 cubic x²), with t the tanh
                geluArgument(x, t);
                Nd4jOps.tanh(t, t);
                Nd4jOps.multiply(x, x, z);
                z.muli(3 * CUBIC).addi(1).muli(x).muli(0.5 * ROOT);
                INDArray product = z;
                t.addi(1);
                // 1 - t² = (1 + t) (2 - (1 + t))
                product.muli(t);
                t.rsubi(2);
                product.muli(t);
                t.rsubi(2).muli(0.5);
                product.addi(t);
            }
            case SILU -> {
                // s (1 + x (1 - s)), with s the sigmoid
                Nd4jOps.sigmoid(x, t);
                Nd4jOps.multiply(t, x, z);
                z.rsubi(x).addi(1).muli(t);
            }
        }
    }

    /** {@code z = root (x + cubic x³)}. */
    private static void geluArgument(INDArray x, INDArray z) {
        Nd4jOps.multiply(x, x, z);
        z.muli(CUBIC).addi(1).muli(x).muli(ROOT);
    }
}
