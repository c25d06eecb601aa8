package org.t5j.core.decode;

/**
 * What the log-probability of a hypothesis of {@code n} generated tokens, end of sequence included, is divided by.
 * {@code p} is {@link GenerationConfig#lengthPenalty}: 0 divides by one, the larger the more long outputs are favoured.
 */
public enum LengthNormalization {
    /** {@code n^p}, Hugging Face's {@code length_penalty}. */
    POWER {
        @Override
        double divisor(int n, double p) {
            return Math.pow(n, p);
        }
    },
    /** {@code ((5 + n) / 6)^p} (Wu et al. 2016, equation 14), the alpha of Mesh TensorFlow and T5X; T5 uses 0.6. */
    GNMT {
        @Override
        double divisor(int n, double p) {
            return Math.pow((5.0 + n) / 6.0, p);
        }
    };

    abstract double divisor(int n, double p);
}
