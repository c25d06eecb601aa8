package org.t5j.core.kernel;

import static org.t5j.core.tensor.Nd4jBackend.array;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/** Cross-entropy in ND4J operations. */
final class Nd4jCrossEntropy {
    private final Backend backend;
    private final Arena scratch;

    Nd4jCrossEntropy(Backend backend, Arena scratch) {
        this.backend = backend;
        this.scratch = scratch;
    }

    CrossEntropy.Sums inPlace(Tensor logits, IntTensor labels, CrossEntropy settings, float gradientScale) {
        Arena.Mark mark = scratch.mark();
        int n = logits.size(0);
        int vocabulary = logits.size(1);
        INDArray x = array(logits);
        INDArray flat = array(logits.reshapeView(n * vocabulary));
        INDArray places = array(scratch.takeInts(places(labels, vocabulary)));
        Tensor label = scratch.take(n);
        Tensor mean = scratch.take(n, 1);
        Tensor max = scratch.take(n, 1);
        Tensor logSum = scratch.take(n, 1);

        Nd4jOps.gather(flat, places, array(label));
        Nd4jOps.reduce("reduce_mean", x, array(mean), 1);
        Nd4jOps.reduce("reduce_max", x, array(max), 1);
        Nd4jOps.subtract(x, array(max), x);
        Nd4jOps.exp(x, x);
        INDArray sum = array(scratch.take(n, 1));
        Nd4jOps.reduce("reduce_sum", x, sum, 1);
        Nd4jOps.log(sum, array(logSum));
        if (gradientScale != 0) {
            INDArray logZ = array(scratch.take(n, 1));
            Nd4jOps.add(array(logSum), array(max), logZ);
            gradient(x, flat, places, sum, logZ, settings, gradientScale);
        }
        CrossEntropy.Sums sums = sums(
                backend.toArray(max), backend.toArray(logSum), backend.toArray(label), backend.toArray(mean), settings);
        scratch.release(mark);
        return sums;
    }

    /** {@code x} holds {@code exp(logit - max)}; becomes {@code scale (p (1 + 2 z logZ) - (1 - s) onehot - s / V)}. */
    private void gradient(
            INDArray x,
            INDArray flat,
            INDArray places,
            INDArray sum,
            INDArray logZ,
            CrossEntropy settings,
            float scale) {
        long n = x.size(0);
        INDArray factor = array(scratch.take((int) n, 1));
        factor.assign(logZ).muli(2 * settings.zLoss()).addi(1).muli(scale);
        Nd4jOps.divide(factor, sum, factor);
        Nd4jOps.multiply(x, factor, x);
        if (settings.labelSmoothing() > 0) {
            x.subi(scale * settings.labelSmoothing() / x.size(1));
        }
        INDArray decrement = array(scratch.take((int) n));
        decrement.assign(-scale * (1 - settings.labelSmoothing()));
        Nd4jOps.scatterAdd(flat, places, decrement);
    }

    private static int[] places(IntTensor labels, int vocabulary) {
        int[] places = new int[labels.length()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.addExact(Math.multiplyExact(i, vocabulary), labels.get(i));
        }
        return places;
    }

    /** From {@code logZ = max + logSum} of each row; differences from the maximum are taken first, for precision. */
    private static CrossEntropy.Sums sums(
            float[] max, float[] logSum, float[] label, float[] mean, CrossEntropy settings) {
        double smoothing = settings.labelSmoothing();
        double loss = 0;
        double likelihood = 0;
        double z = 0;
        for (int i = 0; i < logSum.length; i++) {
            double logZ = (double) max[i] + logSum[i];
            double square = settings.zLoss() * logZ * logZ;
            double nll = logSum[i] + ((double) max[i] - label[i]);
            likelihood += nll;
            z += square;
            loss += nll + smoothing * ((double) label[i] - mean[i]) + square;
        }
        return new CrossEntropy.Sums(loss, likelihood, z);
    }
}
