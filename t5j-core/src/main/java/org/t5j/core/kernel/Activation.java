package org.t5j.core.kernel;

/** The non-linearity of the feed-forward layer. */
public enum Activation {
    /** {@code max(x, 0)}: T5 v1.0. */
    RELU,
    /** {@code 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}, "gelu_new": T5 v1.1, mT5, ByT5. */
    GELU_TANH,
    /** {@code x / (1 + exp(-x))}: UL2. */
    SILU
}
