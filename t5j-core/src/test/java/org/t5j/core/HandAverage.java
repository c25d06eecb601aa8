package org.t5j.core;

import java.util.Arrays;
import org.t5j.core.decode.Averaging;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.GenerationConfig;

/** Two decoders side by side, averaged row by row as the formulas have it. */
final class HandAverage implements DecoderState {
    private final Averaging averaging;
    private final DecoderState first;
    private final DecoderState second;

    HandAverage(Averaging averaging, T5Model a, T5Model b, int[][] inputs, GenerationConfig config) {
        this.averaging = averaging;
        this.first = a.startDecoding(inputs, config.rowsPerInput(), config.maxLength());
        this.second = b.startDecoding(inputs, config.rowsPerInput(), config.maxLength());
    }

    /** The average of two models' distributions. */
    static double[] average(Averaging averaging, float[] a, float[] b) {
        double[] average = new double[a.length];
        if (averaging == Averaging.LOGITS) {
            Arrays.setAll(average, i -> (a[i] + (double) b[i]) / 2);
            return softmax(average);
        }
        double[] pOfA = softmax(doubles(a));
        double[] pOfB = softmax(doubles(b));
        Arrays.setAll(average, i -> (pOfA[i] + pOfB[i]) / 2);
        return average;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(x -> Math.exp(x) / sum).toArray();
    }

    @Override
    public int rows() {
        return first.rows();
    }

    @Override
    public int vocabSize() {
        return first.vocabSize();
    }

    @Override
    public float[] step(int[] tokens) {
        float[] a = first.step(tokens);
        float[] b = second.step(tokens);
        float[] logits = new float[a.length];
        for (int row = 0; row < rows(); row++) {
            double[] p = average(averaging, row(a, row), row(b, row));
            for (int i = 0; i < p.length; i++) {
                logits[row * p.length + i] = (float) Math.log(p[i]);
            }
        }
        return logits;
    }

    private float[] row(float[] logits, int row) {
        return Arrays.copyOfRange(logits, row * vocabSize(), (row + 1) * vocabSize());
    }

    @Override
    public void reorder(int[] parents) {
        first.reorder(parents);
        second.reorder(parents);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
