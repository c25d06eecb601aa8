package org.t5j.core.kernel;

/**
 * How the loss of a target token is made from its logits.
 *
 * @param labelSmoothing probability mass spread evenly over the vocabulary, 0 … below 1 (Mesh TensorFlow and PyTorch:
 *     target {@code (1 - s) onehot + s / V})
 * @param zLoss weight of {@code log(Z)²}, which keeps logits near log-probabilities; 1e-4 in T5's pre-training
 */
public record CrossEntropy(float labelSmoothing, float zLoss) {

    /** Plain cross-entropy. */
    public static final CrossEntropy PLAIN = new CrossEntropy(0f, 0f);

    public CrossEntropy {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("labelSmoothing must be at least 0 and below 1: " + labelSmoothing);
        }
        if (!(zLoss >= 0)) {
            throw new IllegalArgumentException("zLoss must not be negative: " + zLoss);
        }
    }

    /**
     * Sums over targets, in nats.
     *
     * @param loss smoothed cross-entropy plus z-loss: what the gradient belongs to
     * @param negativeLogLikelihood {@code -log p(target)}
     * @param zLoss the part of the loss that is z-loss
     */
    public record Sums(double loss, double negativeLogLikelihood, double zLoss) {
        public static final Sums ZERO = new Sums(0, 0, 0);

        /** The sums over the targets of both. */
        public Sums plus(Sums other) {
            return new Sums(
                    loss + other.loss, negativeLogLikelihood + other.negativeLogLikelihood, zLoss + other.zLoss);
        }
    }
}
