package org.t5j.core.decode;

import java.util.stream.IntStream;

/** What of several models' distributions of a token is averaged. */
public enum Averaging {
    /** The logits, as in the ensembles of the T5 paper: a model that is sure counts for more. */
    LOGITS {
        @Override
        void averageRow(float[][] logits, int offset, int vocabSize) {
            float[] into = logits[0];
            for (int i = offset; i < offset + vocabSize; i++) {
                double sum = 0;
                for (float[] each : logits) {
                    sum += each[i];
                }
                into[i] = (float) (sum / logits.length);
            }
        }
    },
    /** The probabilities, Mesh TensorFlow's default: a token that one model finds likely stays likely. */
    PROBABILITIES {
        @Override
        void averageRow(float[][] logits, int offset, int vocabSize) {
            for (float[] each : logits) {
                LogSoftmax.logSoftmaxInPlace(each, offset, vocabSize);
            }
            for (int i = offset; i < offset + vocabSize; i++) {
                logits[0][i] = logOfMean(logits, i);
            }
        }
    };

    /**
     * Replaces {@code logits[0]} by logits of the average; the others are used up.
     *
     * @param logits of each model {@code [rows * vocabSize]}, finite
     * @throws org.t5j.core.T5Exception for {@link #PROBABILITIES}, where a row's largest logit is not finite
     */
    public final void average(float[][] logits, int rows, int vocabSize) {
        IntStream.range(0, rows).parallel().forEach(row -> averageRow(logits, row * vocabSize, vocabSize));
    }

    abstract void averageRow(float[][] logits, int offset, int vocabSize);

    private static float logOfMean(float[][] logProbabilities, int index) {
        float max = Float.NEGATIVE_INFINITY;
        for (float[] each : logProbabilities) {
            max = Math.max(max, each[index]);
        }
        double sum = 0;
        for (float[] each : logProbabilities) {
            sum += LogSoftmax.exp(each[index] - max);
        }
        return (float) (max + Math.log(sum / logProbabilities.length));
    }
}
