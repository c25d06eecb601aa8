package org.t5j.core.checkpoint;

/**
 * What the values of a tensor, or of several, amount to.
 *
 * @param sumOfSquares of the finite values
 * @param largest magnitude of the finite values, 0 where there is none
 * @param nonFinite how many values are NaN or infinite
 */
public record TensorStatistics(double sumOfSquares, float largest, long nonFinite) {
    /** Those of no values. */
    public static final TensorStatistics NONE = new TensorStatistics(0, 0, 0);

    private static final int CHUNK = 1 << 16;

    /** Reads all values of a tensor of floating point. */
    public static TensorStatistics of(TensorSource source, String name) {
        long elements = source.entry(name).elements();
        float[] chunk = new float[(int) Math.min(CHUNK, elements)];
        TensorStatistics statistics = NONE;
        for (long from = 0; from < elements; from += CHUNK) {
            int count = (int) Math.min(CHUNK, elements - from);
            source.readFloats(name, from, chunk, 0, count);
            statistics = statistics.plus(of(chunk, count));
        }
        return statistics;
    }

    private static TensorStatistics of(float[] values, int count) {
        double sumOfSquares = 0;
        float largest = 0;
        long nonFinite = 0;
        for (int i = 0; i < count; i++) {
            float magnitude = Math.abs(values[i]);
            if (Float.isFinite(magnitude)) {
                sumOfSquares += (double) magnitude * magnitude;
                largest = Math.max(largest, magnitude);
            } else {
                nonFinite++;
            }
        }
        return new TensorStatistics(sumOfSquares, largest, nonFinite);
    }

    /** Those of the values of both. */
    public TensorStatistics plus(TensorStatistics other) {
        return new TensorStatistics(
                sumOfSquares + other.sumOfSquares, Math.max(largest, other.largest), nonFinite + other.nonFinite);
    }

    /** L2 norm of the finite values. */
    public double norm() {
        return Math.sqrt(sumOfSquares);
    }
}
