package org.t5j.train.optim;

import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;

/** Bounds the norm of all gradients together, as {@code torch.nn.utils.clip_grad_norm_} does. */
public final class GradientClipping {
    private static final double EPSILON = 1e-6;

    private GradientClipping() {}

    /** The L2 norm of the gradients of all trainable parameters, taken as one vector. */
    public static double globalNorm(ParameterSet parameters, Kernels kernels) {
        double sum = 0;
        for (Parameter parameter : parameters) {
            if (parameter.trainable()) {
                sum += kernels.sumOfSquares(parameter.gradient());
            }
        }
        return Math.sqrt(sum);
    }

    /**
     * Multiplies the gradients by {@code maxNorm / (norm + 1e-6)} where their norm is above {@code maxNorm}.
     *
     * @param norm {@link #globalNorm} of the same parameters
     * @param maxNorm positive
     */
    public static void clipInPlace(ParameterSet parameters, Kernels kernels, double norm, double maxNorm) {
        double factor = maxNorm / (norm + EPSILON);
        if (factor < 1) {
            for (Parameter parameter : parameters) {
                if (parameter.trainable()) {
                    kernels.scaleInPlace(parameter.gradient(), (float) factor);
                }
            }
        }
    }
}
