package org.t5j.core.kernel;

import static org.t5j.core.tensor.Nd4jBackend.array;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Tensor;

/** Optimizer updates in ND4J operations. */
final class Nd4jUpdates {
    private final Arena scratch;

    Nd4jUpdates(Arena scratch) {
        this.scratch = scratch;
    }

    void adam(Tensor parameter, Tensor gradient, Tensor m, Tensor v, AdamStep s) {
        Arena.Mark mark = scratch.mark();
        INDArray p = array(parameter);
        INDArray g = array(gradient);
        INDArray update = array(scratch.take(parameter.shape()));
        if (s.decayBefore() != 0) {
            p.muli(1 - s.decayBefore());
        }
        average(array(m), s.beta1(), g, update);
        Nd4jOps.multiply(g, g, update);
        average(array(v), s.beta2(), update, update);
        Nd4jOps.power(array(v), 0.5, update);
        update.muli(s.denominatorScale()).addi(s.epsilon());
        Nd4jOps.divide(array(m), update, update);
        p.subi(update.muli(s.stepSize()));
        if (s.decayAfter() != 0) {
            p.muli(1 - s.decayAfter());
        }
        scratch.release(mark);
    }

    void adafactorFactored(Tensor parameter, Tensor gradient, Tensor r, Tensor c, Tensor m, AdafactorStep s) {
        Arena.Mark mark = scratch.mark();
        int rows = parameter.size(0);
        int columns = parameter.size(1);
        INDArray g = array(gradient);
        INDArray update = array(scratch.take(rows, columns));
        INDArray rowMean = array(scratch.take(rows, 1));
        INDArray columnMean = array(scratch.take(1, columns));
        Nd4jOps.multiply(g, g, update);
        update.addi(s.epsilon1());
        Nd4jOps.reduce("reduce_mean", update, rowMean, 1);
        Nd4jOps.reduce("reduce_mean", update, columnMean, 0);
        INDArray rowMoment = array(r.reshapeView(rows, 1));
        INDArray columnMoment = array(c.reshapeView(1, columns));
        average(rowMoment, s.beta2(), rowMean, rowMean);
        average(columnMoment, s.beta2(), columnMean, columnMean);

        rowMean.assign(rowMoment).divi(rowMoment.meanNumber());
        Nd4jOps.power(rowMean, -0.5, rowMean);
        Nd4jOps.power(columnMoment, -0.5, columnMean);
        Nd4jOps.multiply(g, rowMean, update);
        Nd4jOps.multiply(update, columnMean, update);
        apply(parameter, update, m, s);
        scratch.release(mark);
    }

    void adafactor(Tensor parameter, Tensor gradient, Tensor v, Tensor m, AdafactorStep s) {
        Arena.Mark mark = scratch.mark();
        INDArray g = array(gradient);
        INDArray update = array(scratch.take(parameter.shape()));
        Nd4jOps.multiply(g, g, update);
        update.addi(s.epsilon1());
        average(array(v), s.beta2(), update, update);
        Nd4jOps.power(array(v), -0.5, update);
        update.muli(g);
        apply(parameter, update, m, s);
        scratch.release(mark);
    }

    /** Clips and scales the update, averages it where there is a first moment, and subtracts it. */
    private static void apply(Tensor parameter, INDArray update, Tensor m, AdafactorStep s) {
        INDArray p = array(parameter);
        double rate = s.learningRate() * (s.scaleParameter() ? Math.max(s.epsilon2(), rms(p)) : 1);
        update.divi(Math.max(1, rms(update) / s.clipThreshold())).muli(rate);
        INDArray delta = update;
        if (m != null) {
            delta = array(m);
            delta.muli(s.beta1()).addi(update.muli(1 - s.beta1()));
        }
        if (s.weightDecay() != 0) {
            p.muli(1 - s.weightDecay() * rate);
        }
        p.subi(delta);
    }

    private static double rms(INDArray x) {
        return x.norm2Number().doubleValue() / Math.sqrt(x.length());
    }

    /** {@code moment = beta moment + (1 - beta) value}; {@code scaled} receives the second summand. */
    private static void average(INDArray moment, double beta, INDArray value, INDArray scaled) {
        if (scaled == value) {
            scaled.muli(1 - beta);
        } else {
            scaled.assign(value).muli(1 - beta);
        }
        moment.muli(beta).addi(scaled);
    }
}
