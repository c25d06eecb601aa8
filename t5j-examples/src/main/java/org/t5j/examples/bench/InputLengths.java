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
record InputLengths(int shortest, int mean, int longest) {
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

    private void requireReachable(int sequences) {
        double margin = (longest - shortest) / (double) sequences;
        if (sequences < 2 || mean <= shortest + margin || mean >= longest - margin) {
            throw new T5Exception("The mean length of " + sequences + " inputs of " + shortest + " to " + longest
                    + " tokens must be between " + Math.round(shortest + margin) + " and "
                    + Math.round(longest - margin) + ", found " + mean + "; change it or take a larger batch");
        }
    }
}
