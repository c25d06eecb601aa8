package org.t5j.tokenizer.unigram;

/**
 * Sums of probabilities that are given as logarithms, in the float arithmetic of {@code spm_train} ({@code LogSumExp}).
 *
 * <p>The function {@code log(1 + exp(-d))} is read from a table of Taylor polynomials, 16 a unit, whose error is below
 * 1e-15: three times as quick as an exponential and a logarithm, and the same on every machine, since the table is made
 * with {@link StrictMath}.
 */
final class LogSum {

    /** Beyond this difference the smaller number is left out. */
    private static final float NEGLIGIBLE = 50;

    private static final int STEPS = 16;
    private static final int TERMS = 8;
    private static final double[] TAYLOR = table();

    private LogSum() {}

    /** log(exp(x) + exp(y)). */
    static float of(float x, float y) {
        float smaller = Math.min(x, y);
        float greater = Math.max(x, y);
        return greater > smaller + NEGLIGIBLE ? greater : (float) (greater + log1pExp(smaller - greater));
    }

    /** log(1 + exp(d)) for d from -51 to 0. */
    static double log1pExp(double d) {
        double scaled = d * -STEPS;
        int cell = (int) scaled;
        double t = d + (cell + 0.5) / STEPS;
        double t2 = t * t;
        int i = cell * TERMS;
        double[] c = TAYLOR;
        double low = c[i] + c[i + 1] * t + (c[i + 2] + c[i + 3] * t) * t2;
        double high = c[i + 4] + c[i + 5] * t + (c[i + 6] + c[i + 7] * t) * t2;
        return low + high * (t2 * t2);
    }

    /** By cell, the function and its first seven derivatives in the cell's middle, divided by the factorials. */
    private static double[] table() {
        int cells = (int) (NEGLIGIBLE + 1) * STEPS + 1;
        double[] table = new double[cells * TERMS];
        for (int cell = 0; cell < cells; cell++) {
            double exp = StrictMath.exp(-(cell + 0.5) / STEPS);
            double s = exp / (1 + exp);
            double q = s * (1 - s);
            double odd = q * (1 - 2 * s);
            double[] derivatives = {
                StrictMath.log1p(exp),
                s,
                q,
                odd,
                q * (1 - 6 * q),
                odd * (1 - 12 * q),
                q * (1 - 30 * q + 120 * q * q),
                odd * (1 - 60 * q + 360 * q * q)
            };
            double factorial = 1;
            for (int k = 0; k < TERMS; k++) {
                factorial *= Math.max(1, k);
                table[cell * TERMS + k] = derivatives[k] / factorial;
            }
        }
        return table;
    }
}
