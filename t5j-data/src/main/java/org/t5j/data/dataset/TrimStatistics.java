package org.t5j.data.dataset;

/**
 * How the lengths of a task's examples relate to its declared lengths. Lengths count the end-of-sequence token.
 *
 * @param examples number of examples
 * @param trimmedInputs how many inputs were longer than declared, and lost their ends
 * @param trimmedTargets how many targets were
 * @param longestInput length of the longest inputs before trimming
 * @param longestTarget length of the longest targets before trimming
 */
public record TrimStatistics(
        long examples, long trimmedInputs, long trimmedTargets, int longestInput, int longestTarget) {

    /** Whether nothing was lost. */
    public boolean isComplete() {
        return trimmedInputs == 0 && trimmedTargets == 0;
    }

    /** One sentence for a log. */
    public String summary() {
        return String.format(
                "%d examples; %d inputs (longest %d) and %d targets (longest %d) were longer than declared and trimmed",
                examples, trimmedInputs, longestInput, trimmedTargets, longestTarget);
    }

    /** Collects the statistics while examples are read. */
    static final class Counter {
        private long examples;
        private long trimmedInputs;
        private long trimmedTargets;
        private int longestInput;
        private int longestTarget;

        void count(int input, int maxInput, int target, int maxTarget) {
            examples++;
            trimmedInputs += input > maxInput ? 1 : 0;
            trimmedTargets += target > maxTarget ? 1 : 0;
            longestInput = Math.max(longestInput, input);
            longestTarget = Math.max(longestTarget, target);
        }

        TrimStatistics result() {
            return new TrimStatistics(examples, trimmedInputs, trimmedTargets, longestInput, longestTarget);
        }
    }
}
