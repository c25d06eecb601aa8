package org.t5j.core.decode;

import org.t5j.core.T5Exception;

/** Log-probabilities from logits as torch computes them: {@code (x - max) - log(sum(exp(x - max)))} in 32 bits. */
final class LogSoftmax {
    private static final int BLOCK = 256;

    /** Below this an exponential adds nothing to a sum of which one is 1. */
    private static final float SMALLEST = -80f;

    private LogSoftmax() {}

    /** Replaces {@code scores[offset … offset + count)} by their log-probabilities. */
    static void logSoftmaxInPlace(float[] scores, int offset, int count) {
        float max = max(scores, offset, count);
        float logSum = logSum(scores, offset, count, max);
        for (int i = offset; i < offset + count; i++) {
            scores[i] = (scores[i] - max) - logSum;
        }
    }

    /** Log-probability of one of {@code scores[offset … offset + count)}, to {@code 1e-6}. */
    static float logProbability(float[] scores, int offset, int count, int index) {
        float max = max(scores, offset, count);
        return (scores[offset + index] - max) - quickLogSum(scores, offset, count, max);
    }

    /** The largest of {@code scores[offset … offset + count)}; fails where that is not finite. */
    static float max(float[] scores, int offset, int count) {
        float a = Float.NEGATIVE_INFINITY;
        float b = a;
        float c = a;
        float d = a;
        int i = offset;
        for (; i <= offset + count - 4; i += 4) {
            a = Math.max(a, scores[i]);
            b = Math.max(b, scores[i + 1]);
            c = Math.max(c, scores[i + 2]);
            d = Math.max(d, scores[i + 3]);
        }
        for (; i < offset + count; i++) {
            a = Math.max(a, scores[i]);
        }
        float max = Math.max(Math.max(a, b), Math.max(c, d));
        if (Float.isFinite(max)) {
            return max;
        }
        throw new T5Exception(
                max == Float.NEGATIVE_INFINITY
                        ? "The next token's scores must leave a token to choose, but all " + count
                                + " are -infinity; loosen noRepeatNgramSize or minLength"
                        : "The decoder's logits must be finite, found " + max
                                + "; the weights are damaged or their training diverged: load an earlier checkpoint");
    }

    private static float logSum(float[] scores, int offset, int count, float max) {
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += Math.exp(scores[i] - max);
        }
        return (float) Math.log(sum);
    }

    /** {@link #logSum} to {@code 1e-6}, many times as fast. */
    private static float quickLogSum(float[] scores, int offset, int count, float max) {
        float[] block = new float[BLOCK];
        double sum = 0;
        for (int i = 0; i < count; i += BLOCK) {
            int n = Math.min(BLOCK, count - i);
            for (int l = 0; l < n; l++) {
                block[l] = exp(Math.max(scores[offset + i + l] - max, SMALLEST));
            }
            sum += sum(block, n);
        }
        return (float) Math.log(sum);
    }

    /**
     * {@code exp(x)} for {@code -80 <= x <= 0} in arithmetic that the JIT compiler turns into vector instructions:
     * {@code exp(x/64)^64}, where {@code exp(r) - 1}, which keeps its digits, is squared first. Relative error below
     * {@code 3e-6 exp(-x / 8)}.
     */
    private static float exp(float x) {
        float r = x * (1f / 64);
        float p = Math.fma(r, 1.9841270e-4f, 1.3888889e-3f);
        p = Math.fma(p, r, 8.3333333e-3f);
        p = Math.fma(p, r, 4.1666667e-2f);
        p = Math.fma(p, r, 0.16666667f);
        p = Math.fma(p, r, 0.5f);
        p = Math.fma(p, r, 1f);
        float e = p * r;
        e = e * (e + 2f);
        e = e * (e + 2f);
        e = e * (e + 2f);
        float y = e + 1f;
        y = y * y;
        y = y * y;
        return y * y;
    }

    private static double sum(float[] x, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < n; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }
}
