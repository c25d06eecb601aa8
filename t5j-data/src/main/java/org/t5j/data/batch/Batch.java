package org.t5j.data.batch;

import java.util.Arrays;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;

/**
 * Examples side by side, padded at their ends. The arrays are row by row, not copied, and must not be changed.
 *
 * @param size number of examples
 * @param inputLength ids in a row of inputs, padding included
 * @param targetLength ids in a row of labels, padding included
 * @param inputIds {@code [size, inputLength]}, {@link #PAD} where there is none
 * @param labels {@code [size, targetLength]}, {@link #IGNORED} where there is none; every row has at least one
 */
public record Batch(int size, int inputLength, int targetLength, int[] inputIds, int[] labels) {
    /** Padding of inputs. */
    public static final int PAD = 0;

    /** Padding of labels: positions without a target, which count for no loss. */
    public static final int IGNORED = -100;

    public Batch {
        DataException.check(
                inputIds.length == size * inputLength && labels.length == size * targetLength,
                "A batch of %d × %d inputs and %d × %d labels has arrays of %d and %d ids.",
                size,
                inputLength,
                size,
                targetLength,
                inputIds.length,
                labels.length);
    }

    /**
     * Puts examples side by side.
     *
     * @param examples at least one, each with at least one target
     */
    public static Batch of(List<TokenExample> examples, Padding padding) {
        DataException.check(!examples.isEmpty(), "A batch has at least one example.");
        int inputLength = padding.inputs(examples.stream()
                .mapToInt(example -> example.inputs().length)
                .max()
                .orElse(0));
        int targetLength = padding.targets(examples.stream()
                .mapToInt(example -> example.targets().length)
                .max()
                .orElse(0));
        int[] inputIds = new int[examples.size() * inputLength];
        int[] labels = new int[examples.size() * targetLength];
        Arrays.fill(inputIds, PAD);
        Arrays.fill(labels, IGNORED);
        for (int row = 0; row < examples.size(); row++) {
            int[] inputs = examples.get(row).inputs();
            int[] targets = examples.get(row).targets();
            DataException.check(targets.length > 0, "An example of a batch has no targets; there is nothing to learn.");
            System.arraycopy(inputs, 0, inputIds, row * inputLength, inputs.length);
            System.arraycopy(targets, 0, labels, row * targetLength, targets.length);
        }
        return new Batch(examples.size(), inputLength, targetLength, inputIds, labels);
    }

    /** Number of input ids that are not padding. */
    public int inputTokens() {
        return inputIds.length - count(inputIds, PAD);
    }

    /** Number of labels that count for the loss, at least {@link #size()}. */
    public int targetTokens() {
        return labels.length - count(labels, IGNORED);
    }

    private static int count(int[] ids, int wanted) {
        int count = 0;
        for (int id : ids) {
            count += id == wanted ? 1 : 0;
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Batch that
                && size == that.size
                && inputLength == that.inputLength
                && targetLength == that.targetLength
                && Arrays.equals(inputIds, that.inputIds)
                && Arrays.equals(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(inputIds) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "batch of " + size + " × " + inputLength + " inputs, " + targetLength + " targets";
    }
}
