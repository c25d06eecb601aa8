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
 * @param targetTokens targets of the update
 * @param seconds of the run until now, over all its parts
 */
public record StepReport(
        long step,
        double loss,
        double negativeLogLikelihood,
        double learningRate,
        double gradientNorm,
        int examples,
        int inputTokens,
        int targetTokens,
        double seconds) {}
