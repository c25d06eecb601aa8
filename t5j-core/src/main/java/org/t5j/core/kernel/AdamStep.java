package org.t5j.core.kernel;

/**
 * The numbers of one Adam update: {@code p *= 1 - decayBefore; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; p -=
 * stepSize m / (sqrt(v) denominatorScale + epsilon); p *= 1 - decayAfter}.
 *
 * @param stepSize learning rate with the bias correction of the first moment
 * @param beta1 decay of the first moment; a double, because {@code 1 - beta} of a float has only four digits
 * @param beta2 decay of the second moment
 * @param denominatorScale bias correction of the second moment, {@code 1 / sqrt(1 - b2^t)}, or 1
 * @param decayBefore learning rate times weight decay where decay comes first (PyTorch), else 0
 * @param decayAfter the same where it comes last (Hugging Face), else 0
 */
public record AdamStep(
        float stepSize,
        double beta1,
        double beta2,
        float denominatorScale,
        float epsilon,
        float decayBefore,
        float decayAfter) {}
