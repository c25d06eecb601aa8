package org.t5j.core.decode;

import org.t5j.core.T5Exception;

/** Log-probabilities from logits as torch computes them: {@code (x - max) - log(sum(exp(x - max)))} in 32 bits. */
final class LogSoftmax {
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
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += Math.exp(scores[i] - max);
        }
        return (float) Math.log(sum);
    }
}
