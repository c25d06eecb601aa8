package org.t5j.examples.twin;

import java.util.List;
import java.util.stream.IntStream;
import org.t5j.core.T5Exception;

/**
 * How far two runs of as many steps are apart. A difference is relative to the second run's value; 0 where both are 0.
 *
 * @param losses the relative difference of the loss at every step
 * @param gradientNorms that of the norm of the gradients
 */
public record LossComparison(double[] losses, double[] gradientNorms) {

    /**
     * Compares step by step.
     *
     * @throws T5Exception where one run has more steps than the other
     */
    public static LossComparison of(List<StepLoss> first, List<StepLoss> second) {
        if (first.size() != second.size()) {
            throw new T5Exception("The first run has " + first.size() + " steps and the second " + second.size()
                    + "; let both make as many");
        }
        return new LossComparison(
                IntStream.range(0, first.size())
                        .mapToDouble(
                                i -> relative(first.get(i).loss(), second.get(i).loss()))
                        .toArray(),
                IntStream.range(0, first.size())
                        .mapToDouble(i -> relative(
                                first.get(i).gradientNorm(), second.get(i).gradientNorm()))
                        .toArray());
    }

    private static double relative(double value, double reference) {
        return value == reference ? 0 : Math.abs(value - reference) / Math.abs(reference);
    }

    /** The number of the step, from 1, whose losses are furthest apart; the first of several. */
    public int worstStep() {
        int worst = 0;
        for (int i = 1; i < losses.length; i++) {
            worst = losses[i] > losses[worst] ? i : worst;
        }
        return worst + 1;
    }

    /** The largest relative difference of losses. */
    public double largest() {
        return losses[worstStep() - 1];
    }
}
