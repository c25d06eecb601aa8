package org.t5j.core.kernel.cpu;

import org.t5j.core.kernel.Dropout;

/**
 * Functions of arrays in loops that the JIT compiler turns into vector instructions: short ones, without branches and
 * without conversions between floats and their bits.
 */
final class PlainMath {
    private static final int GOLDEN = 0x9E3779B1;

    /** What is smaller is zero: {@code exp(-80) = 2e-35}. */
    private static final float SMALLEST = -80f;

    private static final float TINY = exp(SMALLEST);

    private PlainMath() {}

    /** {@code x = exp(x)} for {@code x <= 0}; relative error below {@code 3e-6 exp(-x / 8)}, 0 from -80 down. */
    static void expOfNegative(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = exp(Math.max(x[i], SMALLEST)) - TINY;
        }
    }

    /** {@code exp(x)} as {@code exp(x/64)^64}, where {@code exp(r) - 1}, which keeps its digits, is squared first. */
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

    /** {@code e = exp(-x (a + b x²))} with {@code x} kept within the limit of {@code f}. */
    static void inverse(Sigmoidal f, float[] x, float[] e, int n) {
        float limit = f.limit();
        float a = -f.a();
        float b = -f.b();
        for (int i = 0; i < n; i++) {
            e[i] = Math.max(Math.min(x[i], limit), -limit);
        }
        for (int i = 0; i < n; i++) {
            e[i] = e[i] * Math.fma(e[i] * e[i], b, a);
        }
        for (int i = 0; i < n; i++) {
            e[i] = exp(e[i]);
        }
    }

    /**
     * {@code slope = f'(x)}.
     *
     * @param e of {@link #inverse}, not changed
     */
    static void slope(Sigmoidal f, float[] x, float[] e, float[] slope, int n) {
        float limit = f.limit();
        float a = f.a();
        float b = 3 * f.b();
        for (int i = 0; i < n; i++) {
            slope[i] = Math.max(Math.min(x[i], limit), -limit);
        }
        for (int i = 0; i < n; i++) {
            slope[i] = slope[i] * Math.fma(slope[i] * slope[i], b, a);
        }
        for (int i = 0; i < n; i++) {
            float sigmoid = 1f / (1f + e[i]);
            slope[i] = sigmoid + sigmoid * (e[i] * sigmoid) * slope[i];
        }
    }

    /** {@link Dropout#maskRowInto}'s multipliers, times {@code factor}, for elements {@code first …}. */
    static void multipliers(Dropout dropout, int first, float factor, int[] bits, float[] mask, int n) {
        int low = (int) dropout.key() + first * GOLDEN;
        int high = (int) (dropout.key() >>> 32);
        int limit = dropout.threshold() - 1;
        int scale = Float.floatToRawIntBits(factor * dropout.scale());
        for (int i = 0; i < n; i++) {
            bits[i] = i * GOLDEN + low;
        }
        for (int i = 0; i < n; i++) {
            int h = bits[i];
            h = (h ^ (h >>> 16)) * 0x7feb352d + high;
            h = (h ^ (h >>> 15)) * 0x846ca68b;
            h = (h ^ (h >>> 16)) >>> 8;
            bits[i] = ((limit - h) >> 31) & scale;
        }
        for (int i = 0; i < n; i++) {
            mask[i] = Float.intBitsToFloat(bits[i]);
        }
    }

    /** {@code sum x y} in eight sums. */
    static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i <= n - 8; i += 8) {
            s0 += x[xAt + i] * y[yAt + i];
            s1 += x[xAt + i + 1] * y[yAt + i + 1];
            s2 += x[xAt + i + 2] * y[yAt + i + 2];
            s3 += x[xAt + i + 3] * y[yAt + i + 3];
            s4 += x[xAt + i + 4] * y[yAt + i + 4];
            s5 += x[xAt + i + 5] * y[yAt + i + 5];
            s6 += x[xAt + i + 6] * y[yAt + i + 6];
            s7 += x[xAt + i + 7] * y[yAt + i + 7];
        }
        for (; i < n; i++) {
            s0 += x[xAt + i] * y[yAt + i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** {@code sum x} in eight sums. */
    static float sum(float[] x, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i <= n - 8; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        for (; i < n; i++) {
            s0 += x[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** {@code max x}. */
    static float max(float[] x, int n) {
        float a = Float.NEGATIVE_INFINITY;
        float b = a;
        float c = a;
        float d = a;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            a = Math.max(a, x[i]);
            b = Math.max(b, x[i + 1]);
            c = Math.max(c, x[i + 2]);
            d = Math.max(d, x[i + 3]);
        }
        for (; i < n; i++) {
            a = Math.max(a, x[i]);
        }
        return Math.max(Math.max(a, b), Math.max(c, d));
    }

    /** {@code x += y}. */
    static void add(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] += y[i];
        }
    }

    /** {@code x *= y}. */
    static void multiply(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= y[i];
        }
    }

    /** {@code x = factor x + summand}. */
    static void scaleAdd(float[] x, float factor, float summand, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] * factor + summand;
        }
    }
}
