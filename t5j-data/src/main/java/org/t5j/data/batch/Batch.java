package org.t5j.data.batch;

import java.util.Arrays;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;

/**
 * Examples side by side, padded at their ends: one in a row, or several one after the other ("packed"), told apart by
 * segment ids as in seqio. The arrays are row by row, not copied, and must not be changed.
 *
 * @param size number of rows
 * @param inputLength ids in a row of inputs, padding included
 * @param targetLength ids in a row of labels, padding included
 * @param inputIds {@code [size, inputLength]}, {@link #PAD} where there is none
 * @param labels {@code [size, targetLength]}, {@link #IGNORED} where there is none; every row has at least one
 * @param inputSegments {@code [size, inputLength]}: 1 for the row's first example, 2 for its second and so on, 0 for the
 *     padding at the end of the row; null where rows are not packed
 * @param targetSegments {@code [size, targetLength]}, likewise
 */
public record Batch(
        int size,
        int inputLength,
        int targetLength,
        int[] inputIds,
        int[] labels,
        int[] inputSegments,
        int[] targetSegments) {
    /** Padding of inputs. */
    public static final int PAD = 0;

    /** Padding of labels: positions without a target, which count for no loss. */
    public static final int IGNORED = -100;

    public Batch {
        checkLengths("ids", size, inputLength, targetLength, inputIds, labels);
        DataException.check(
                (inputSegments == null) == (targetSegments == null),
                "A batch has segments of inputs or of targets only. Give both, or none for rows of one example.");
        if (inputSegments != null) {
            checkLengths("segments", size, inputLength, targetLength, inputSegments, targetSegments);
        }
    }

    private static void checkLengths(String what, int size, int inputs, int targets, int[] ofInputs, int[] ofTargets) {
        DataException.check(
                ofInputs.length == size * inputs && ofTargets.length == size * targets,
                "A batch of %d × %d inputs and %d × %d labels has arrays of %d and %d %s.",
                size,
                inputs,
                size,
                targets,
                ofInputs.length,
                ofTargets.length,
                what);
    }

    /** A batch whose rows are not packed. */
    public Batch(int size, int inputLength, int targetLength, int[] inputIds, int[] labels) {
        this(size, inputLength, targetLength, inputIds, labels, null, null);
    }

    /**
     * Puts examples side by side.
     *
     * @param examples at least one, each with at least one target
     */
    public static Batch of(List<TokenExample> examples, Padding padding) {
        return BatchRows.padded(examples, padding);
    }

    /** Whether rows hold several examples, told apart by segments. */
    public boolean packed() {
        return inputSegments != null;
    }

    /** Number of examples: of rows, or of segments where rows are packed. */
    public int examples() {
        if (!packed()) {
            return size;
        }
        int examples = 0;
        for (int row = 0; row < size; row++) {
            examples += Arrays.stream(targetSegments, row * targetLength, (row + 1) * targetLength)
                    .max()
                    .orElse(0);
        }
        return examples;
    }

    /**
     * Where each input id stands in its example, as seqio's {@code inputs_positions}: {@code [size, inputLength]}, from 0
     * in every segment; 0 for padding at the end of a row.
     */
    public int[] inputPositions() {
        return positions(inputSegments, inputIds, PAD, inputLength);
    }

    /** Where each label stands in its example, {@code [size, targetLength]}, as {@link #inputPositions}. */
    public int[] targetPositions() {
        return positions(targetSegments, labels, IGNORED, targetLength);
    }

    /** The inputs of a row without the padding at its end; a padding id that a text has before stays. */
    public int[] inputs(int row) {
        int start = row * inputLength;
        return Arrays.copyOfRange(inputIds, start, end(inputSegments, inputIds, PAD, start, start + inputLength));
    }

    /** Where the padding at the end of a row begins. */
    private static int end(int[] segments, int[] ids, int padding, int start, int rowEnd) {
        int end = rowEnd;
        while (end > start && (segments == null ? ids[end - 1] == padding : segments[end - 1] == 0)) {
            end--;
        }
        return end;
    }

    private static int[] positions(int[] segments, int[] ids, int padding, int length) {
        int[] positions = new int[ids.length];
        for (int start = 0; start < ids.length; start += length) {
            int end = end(segments, ids, padding, start, start + length);
            for (int i = start + 1; i < end; i++) {
                boolean goesOn = segments == null || segments[i] == segments[i - 1];
                positions[i] = goesOn ? positions[i - 1] + 1 : 0;
            }
        }
        return positions;
    }

    /** Rows {@code from} to {@code to - 1}, of the same lengths. */
    Batch rows(int from, int to) {
        return new Batch(
                to - from,
                inputLength,
                targetLength,
                rows(inputIds, inputLength, from, to),
                rows(labels, targetLength, from, to),
                rows(inputSegments, inputLength, from, to),
                rows(targetSegments, targetLength, from, to));
    }

    private static int[] rows(int[] ids, int length, int from, int to) {
        return ids == null ? null : Arrays.copyOfRange(ids, from * length, to * length);
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
                && Arrays.equals(labels, that.labels)
                && Arrays.equals(inputSegments, that.inputSegments)
                && Arrays.equals(targetSegments, that.targetSegments);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(inputIds) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return (packed() ? "packed batch of " : "batch of ") + size + " × " + inputLength + " inputs, " + targetLength
                + " targets";
    }
}
