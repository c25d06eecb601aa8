package org.t5j.examples.verify;

/**
 * The largest differences that count as equal.
 *
 * @param states largest absolute difference of logits, hidden states, attention weights and position biases
 * @param loss absolute difference of the loss
 * @param gradients relative L2 difference of the gradient of a parameter
 * @param scores largest absolute difference of the scores of generated sequences
 */
public record Tolerances(double states, double loss, double gradients, double scores) {
    /** What 32-bit arithmetic in another order leaves: 1e-4, the loss 1e-5. */
    public static final Tolerances DEFAULT = new Tolerances(1e-4, 1e-5, 1e-4, 1e-4);

    /** The same for everything. */
    public static Tolerances of(double tolerance) {
        return new Tolerances(tolerance, tolerance, tolerance, tolerance);
    }
}
