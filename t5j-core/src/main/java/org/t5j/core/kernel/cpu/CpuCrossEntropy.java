package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/** Cross-entropy and its gradient in the place of the logits, a row at a time while it is in the cache. */
final class CpuCrossEntropy implements Task {
    private final Workers workers;
    private HostMemory logits;
    private int[] labels;
    private int vocabulary;
    private CrossEntropy settings;
    private float gradientScale;
    /** Of each row: {@code -log p(label)}, {@code log Z} and label logit minus mean logit. */
    private double[] negativeLogLikelihood = new double[0];

    private double[] logZ = new double[0];
    private double[] aboveMean = new double[0];

    CpuCrossEntropy(Workers workers) {
        this.workers = workers;
    }

    CrossEntropy.Sums inPlace(Tensor x, IntTensor targets, CrossEntropy newSettings, float newGradientScale) {
        logits = hostMemory(x);
        labels = targets.valuesView();
        vocabulary = x.size(1);
        settings = newSettings;
        gradientScale = newGradientScale;
        if (logZ.length < labels.length) {
            negativeLogLikelihood = new double[labels.length];
            logZ = new double[labels.length];
            aboveMean = new double[labels.length];
        }
        workers.run(labels.length, 1, this);
        return sums();
    }

    private CrossEntropy.Sums sums() {
        double loss = 0;
        double likelihood = 0;
        double z = 0;
        for (int i = 0; i < labels.length; i++) {
            double square = settings.zLoss() * logZ[i] * logZ[i];
            likelihood += negativeLogLikelihood[i];
            z += square;
            loss += negativeLogLikelihood[i] + settings.labelSmoothing() * aboveMean[i] + square;
        }
        return new CrossEntropy.Sums(loss, likelihood, z);
    }

    @Override
    public void run(Worker worker, int from, int to) {
        for (int row = from; row < to; row++) {
            row(worker.lanes(), row);
        }
    }

    private void row(Lanes lanes, int row) {
        long at = (long) row * vocabulary;
        long labelAt = at + labels[row];
        float label = logits.get(labelAt);
        boolean smooth = settings.labelSmoothing() > 0;
        aboveMean[row] = smooth ? label - lanes.sum(logits, at, vocabulary) / vocabulary : 0;
        float max = lanes.max(logits, at, vocabulary);
        double sum = lanes.expSum(logits, at, vocabulary, max);
        double logSum = Math.log(sum);
        logZ[row] = max + logSum;
        // Differences from the maximum are taken first, for precision.
        negativeLogLikelihood[row] = logSum + ((double) max - label);
        if (gradientScale != 0) {
            double factor = gradientScale * (1 + 2 * settings.zLoss() * logZ[row]) / sum;
            float spread = -gradientScale * settings.labelSmoothing() / vocabulary;
            lanes.scaleAdd(logits, at, vocabulary, (float) factor, spread);
            logits.set(labelAt, logits.get(labelAt) - gradientScale * (1 - settings.labelSmoothing()));
        }
    }
}
