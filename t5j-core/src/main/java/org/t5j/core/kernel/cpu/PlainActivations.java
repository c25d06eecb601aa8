package org.t5j.core.kernel.cpu;

import org.t5j.core.kernel.Activation;

/** The activations of {@link PlainLanes}, on arrays of at most a tile. */
final class PlainActivations {
    private final float[] inverses = new float[PlainTile.SIZE];
    private final float[] slopes = new float[PlainTile.SIZE];

    /** {@code x = f(x)}. */
    void value(Activation f, float[] x, int n) {
        if (f != Activation.RELU) {
            PlainMath.inverse(sigmoidal(f), x, inverses, n);
        }
        valueAfterSlope(f, x, n);
    }

    /** {@link #value} for the x of the last call of {@link #slope}, whose exponentials are used again. */
    void valueAfterSlope(Activation f, float[] x, int n) {
        if (f == Activation.RELU) {
            relu(x, n);
        } else {
            divide(x, -sigmoidal(f).limit(), inverses, n);
        }
    }

    /** Returns {@code f'(x)}, to be used before the next call. */
    float[] slope(Activation f, float[] x, int n) {
        if (f == Activation.RELU) {
            reluSlope(x, slopes, n);
        } else {
            PlainMath.inverse(sigmoidal(f), x, inverses, n);
            PlainMath.slope(sigmoidal(f), x, inverses, slopes, n);
        }
        return slopes;
    }

    private static Sigmoidal sigmoidal(Activation f) {
        return f == Activation.SILU ? Sigmoidal.SILU : Sigmoidal.GELU;
    }

    private static void relu(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0f);
        }
    }

    private static void reluSlope(float[] x, float[] slope, int n) {
        for (int i = 0; i < n; i++) {
            slope[i] = x[i] > 0 ? 1f : 0f;
        }
    }

    private static void divide(float[] x, float smallest, float[] e, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], smallest) / (1f + e[i]);
        }
    }
}
