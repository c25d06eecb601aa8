package org.t5j.train;

/**
 * What one update did.
 *
 * @param step its number, from 1
 * @param loss mean over the targets of the update, smoothing and z-loss included, in nats: what was minimised
 * @param negativeLogLikelihood mean over the targets, in nats
 * @param learningRate the rate used
 * @param gradientNorm of all gradients together, before clipping
 * @param examples examples of the update
 * @param inputTokens input ids of the update, without padding
 * @param inputCapacity the same with padding
 * @param targetTokens targets of the update
 * @param targetCapacity the same with padding
 * @param seconds of the run until now, over all its parts
 * @param dataSeconds how long this update waited for its batches
 * @param skipped whether the update was not made, see {@link UpdateGuard}; its loss and gradient norm may not be finite
 * @param parameterNorm the L2 norm of all parameters after the update, taken as one vector; NaN where it was not measured
 */
public record StepReport(
        long step,
        double loss,
        double negativeLogLikelihood,
        double learningRate,
        double gradientNorm,
        int examples,
        int inputTokens,
        int inputCapacity,
        int targetTokens,
        int targetCapacity,
        double seconds,
        double dataSeconds,
        boolean skipped,
        double parameterNorm) {

    /** An update that was made, without the norm of the parameters. */
    public StepReport(
            long step,
            double loss,
            double negativeLogLikelihood,
            double learningRate,
            double gradientNorm,
            int examples,
            int inputTokens,
            int inputCapacity,
            int targetTokens,
            int targetCapacity,
            double seconds,
            double dataSeconds) {
        this(
                step,
                loss,
                negativeLogLikelihood,
                learningRate,
                gradientNorm,
                examples,
                inputTokens,
                inputCapacity,
                targetTokens,
                targetCapacity,
                seconds,
                dataSeconds,
                false,
                Double.NaN);
    }

    /** Whether loss and gradients are finite. */
    public boolean isFinite() {
        return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }

    StepReport withParameterNorm(double norm) {
        return new StepReport(
                step,
                loss,
                negativeLogLikelihood,
                learningRate,
                gradientNorm,
                examples,
                inputTokens,
                inputCapacity,
                targetTokens,
                targetCapacity,
                seconds,
                dataSeconds,
                skipped,
                norm);
    }

    /** The share of the inputs' places that is not padding, 0 … 1. */
    public double inputUtilisation() {
        return (double) inputTokens / inputCapacity;
    }

    /** The share of the targets' places that is not padding, 0 … 1. */
    public double targetUtilisation() {
        return (double) targetTokens / targetCapacity;
    }
}
