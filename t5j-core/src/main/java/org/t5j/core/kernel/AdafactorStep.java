package org.t5j.core.kernel;

/**
 * The numbers of one Adafactor update (Shazeer and Stern 2018): {@code u = g / sqrt(V)} with the second moment V, factored
 * or not, clipped by {@code u /= max(1, rms(u) / clipThreshold)} and scaled by {@code learningRate * max(epsilon2,
 * rms(p))} where the parameter scales it, else by the learning rate.
 *
 * @param beta2 decay of the second moment at this step, {@code 1 - t^-0.8}
 * @param epsilon1 added to squared gradients
 * @param epsilon2 the least parameter scale
 * @param clipThreshold bound of the update's root mean square
 * @param scaleParameter whether the update is proportional to the parameter's root mean square
 * @param weightDecay fraction of the parameter taken off, times the scaled learning rate
 * @param beta1 decay of the first moment of scaled updates; 0 for none
 */
public record AdafactorStep(
        float learningRate,
        double beta2,
        float epsilon1,
        float epsilon2,
        float clipThreshold,
        boolean scaleParameter,
        float weightDecay,
        double beta1) {}
