package org.t5j.core.decode;

import java.util.stream.IntStream;
import org.t5j.core.T5Exception;

/** Log-probabilities from logits as torch computes them: {@code (x - max) - log(sum(exp(x - max)))} in 32 bits. */
final class LogSoftmax {
    private static final double LN_2 = 0.6931471805599453;
    private static final float SMALLEST = -700f;

    /** Powers of two to 0/64, 1/64 … 63/64. */
    private static final double[] ROOTS =
            IntStream.range(0, 64).mapToDouble(i -> Math.pow(2, i / 64.0)).toArray();

    private LogSoftmax() {}

    /** Replaces {@code scores[offset … offset + count)} by their log-probabilities. */
    static void logSoftmaxInPlace(float[] scores, int offset, int count) {
        float max = max(scores, offset, count);
        float logSum = logSum(scores, offset, count, max);
        for (int i = offset; i < offset + count; i++) {
            scores[i] = (scores[i] - max) - logSum;
        }
    }

    /** Log-probability of one of {@code scores[offset … offset + count)}. */
    static float logProbability(float[] scores, int offset, int count, int index) {
        float max = max(scores, offset, count);
        return (scores[offset + index] - max) - logSum(scores, offset, count, max);
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
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = offset;
        for (; i <= offset + count - 4; i += 4) {
            a += exp(scores[i] - max);
            b += exp(scores[i + 1] - max);
            c += exp(scores[i + 2] - max);
            d += exp(scores[i + 3] - max);
        }
        for (; i < offset + count; i++) {
            a += exp(scores[i] - max);
        }
        return (float) Math.log((a + b) + (c + d));
    }

    /**
     * {@code exp(x)} for {@code x <= 0} in half the time of {@link Math#exp}, relative error below 1e-12, as {@code 2^(n /
     * 64) exp(r)} with the integer n next to {@code 64 x / ln 2}. Adding 1.5 2^52 rounds to an integer, whose low bits then
     * are those of the double.
     */
    static double exp(float x) {
        double clamped = Math.max(x, SMALLEST);
        double shifted = clamped * (64 / LN_2) + 0x1.8p52;
        long n = Double.doubleToRawLongBits(shifted);
        double r = clamped - (shifted - 0x1.8p52) * (LN_2 / 64);
        double p = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0))));
        return p * ROOTS[(int) n & 63] * Double.longBitsToDouble((n >> 6) + 1023 << 52);
    }
}
