package org.t5j.core.kernel.cpu;

/**
 * An activation {@code x sigmoid(x (a + b x²))}. The GELU with tanh is one, as {@code 0.5 (1 + tanh(u)) = sigmoid(2u)}.
 *
 * @param limit where the sigmoid is 0 or 1 in float precision, the exponential in it still finite
 */
record Sigmoidal(float a, float b, float limit) {
    private static final double TWICE_ROOT = 2 * Math.sqrt(2 / Math.PI);

    static final Sigmoidal GELU = new Sigmoidal((float) TWICE_ROOT, (float) (TWICE_ROOT * 0.044715), 10f);
    static final Sigmoidal SILU = new Sigmoidal(1f, 0f, 87f);
}
