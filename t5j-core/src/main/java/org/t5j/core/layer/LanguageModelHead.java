package org.t5j.core.layer;

import java.util.Arrays;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.Tensor;

/**
 * Decoder outputs to logits and loss: {@code (y dModel^-0.5) Eᵀ} with the embedding table where the model is tied
 * (v1.0), {@code y Wᵀ} with a matrix of its own where it is not (v1.1). The loss works through the targets in pieces, so
 * that the logits of a batch are never all in memory.
 */
public final class LanguageModelHead {
    private static final int MAX_LOGITS = 1 << 25;

    private final Parameter weight;
    private final float scale;

    /** @param weight {@code [vocabSize, dModel]}: the embedding's or a parameter of the head's own */
    public LanguageModelHead(T5Config config, Parameter weight) {
        this.weight = weight;
        this.scale = config.scaleDecoderOutputs() ? (float) Math.pow(config.dModel(), -0.5) : 1f;
    }

    /** Number of logits of a position. */
    public int vocabSize() {
        return weight.value().size(0);
    }

    /** {@code y} {@code [rows, dModel]} to logits {@code [rows, vocabSize]}. */
    public Tensor logits(Step step, Tensor y) {
        Tensor logits = step.take(y.size(0), weight.value().size(0));
        step.kernels().matmul(y, false, weight.value(), true, scale, 0f, logits);
        return logits;
    }

    /** The summed loss of decoder outputs {@code y} {@code [targets, dModel]}. */
    public CrossEntropy.Sums loss(Step step, Tensor y, int[] labels, CrossEntropy settings) {
        return run(step, y, labels, settings, 0f, null);
    }

    /**
     * {@code log p} of the labels of each sequence, summed.
     *
     * @param y {@code [targets, dModel]}, sequence by sequence
     * @param counts how many targets each sequence has
     */
    public double[] logLikelihoods(Step step, Tensor y, int[] labels, int[] counts) {
        double[] sums = new double[counts.length];
        for (int i = 0, from = 0; i < counts.length; from += counts[i], i++) {
            if (counts[i] > 0) {
                int[] own = Arrays.copyOfRange(labels, from, from + counts[i]);
                sums[i] = -loss(step, y.rowsView(from, counts[i]), own, CrossEntropy.PLAIN)
                        .negativeLogLikelihood();
            }
        }
        return sums;
    }

    /**
     * The summed loss, with {@code dY} overwritten by the gradient of {@code gradientScale} times it, and the weight's
     * gradient added to.
     */
    public CrossEntropy.Sums lossAndBackward(
            Step step, Tensor y, int[] labels, CrossEntropy settings, float gradientScale, Tensor dY) {
        return run(step, y, labels, settings, gradientScale, dY);
    }

    private CrossEntropy.Sums run(
            Step step, Tensor y, int[] labels, CrossEntropy settings, float gradientScale, Tensor dY) {
        int chunk = Math.max(1, MAX_LOGITS / weight.value().size(0));
        CrossEntropy.Sums sums = CrossEntropy.Sums.ZERO;
        for (int from = 0; from < labels.length; from += chunk) {
            int count = Math.min(chunk, labels.length - from);
            var mark = step.arena().mark();
            Tensor part = y.rowsView(from, count);
            Tensor logits = logits(step, part);
            int[] partLabels = Arrays.copyOfRange(labels, from, from + count);
            sums = sums.plus(
                    step.kernels().crossEntropyInPlace(logits, step.ints(partLabels), settings, gradientScale));
            if (dY != null) {
                step.kernels().matmul(logits, false, weight.value(), false, scale, 0f, dY.rowsView(from, count));
                if (weight.trainable()) {
                    step.kernels().matmul(logits, true, part, false, scale, 1f, weight.gradient());
                }
            }
            step.arena().release(mark);
        }
        return sums;
    }
}
