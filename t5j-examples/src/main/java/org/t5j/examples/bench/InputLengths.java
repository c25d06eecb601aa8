package org.t5j.examples.bench;

import java.util.stream.IntStream;
import org.t5j.core.T5Exception;

/**
 * Lengths of the inputs of a batch, few long and many short as in real text, by a formula that another program can
 * follow: sequence {@code i} of {@code n} has {@code shortest + (longest - shortest) (i / (n - 1))^p} tokens, rounded,
 * with the {@code p} that gives the mean.
 *
 * @param shortest tokens of the first sequence, at least 1
 * @param mean tokens of a sequence on average, before rounding
 * @param longest tokens of the last sequence
 */
public record InputLengths(int shortest, int mean, int longest) {
    private static final double STEEPEST = 100;

    /** All sequences as long as {@code length}. */
    static InputLengths equal(int length) {
        return new InputLengths(length, length, length);
    }

    /**
     * The lengths of a batch, ascending.
     *
     * @throws T5Exception where so few sequences cannot have that mean
     */
    int[] of(int sequences) {
        if (shortest == longest) {
            return IntStream.generate(() -> longest).limit(sequences).toArray();
        }
        requireReachable(sequences);
        double low = 0;
        double high = STEEPEST;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (meanOf(sequences, middle) > mean) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double exponent = high;
        return IntStream.range(0, sequences)
                .map(i -> (int) Math.floor(length(i, sequences, exponent) + 0.5))
                .toArray();
    }

    private double meanOf(int sequences, double exponent) {
        return IntStream.range(0, sequences)
                .mapToDouble(i -> length(i, sequences, exponent))
                .average()
                .orElseThrow();
    }

    private double length(int sequence, int sequences, double exponent) {
        return sequence == 0
                ? shortest
                : shortest + (longest - shortest) * Math.pow((double) sequence / (sequences - 1), exponent);
    }

    /** The least mean that so many sequences can have; above {@link #greatestMean} where they can have none. */
    public int leastMean(int sequences) {
        return shortest + (int) Math.floor(margin(sequences)) + 1;
    }

    /** The greatest mean that so many sequences can have. */
    public int greatestMean(int sequences) {
        return longest - (int) Math.floor(margin(sequences)) - 1;
    }

    private double margin(int sequences) {
        return (longest - shortest) / (double) sequences;
    }

    private void requireReachable(int sequences) {
        int least = leastMean(sequences);
        int greatest = greatestMean(sequences);
        if (least > greatest) {
            throw new T5Exception("The lengths of " + sequences + " inputs of " + shortest + " to " + longest
                    + " tokens leave no choice of a mean; take a larger batch or inputs of one length");
        }
        if (mean < least || mean > greatest) {
            throw new T5Exception("The mean length of " + sequences + " inputs of " + shortest + " to " + longest
                    + " tokens must be between " + least + " and " + greatest + ", found " + mean
                    + "; change it or take a larger batch");
        }
    }
}
