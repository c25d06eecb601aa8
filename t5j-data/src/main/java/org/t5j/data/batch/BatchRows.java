package org.t5j.data.batch;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;

/** Puts examples into the rows of a {@link Batch}. */
final class BatchRows {
    private BatchRows() {}

    /** One example in a row, as long as the longest with padding. */
    static Batch padded(List<TokenExample> examples, Padding padding) {
        DataException.check(!examples.isEmpty(), "A batch has at least one example.");
        Batch batch = empty(
                examples.size(),
                padding.inputs(longest(examples, example -> example.inputs().length)),
                padding.targets(longest(examples, example -> example.targets().length)),
                false);
        for (int row = 0; row < examples.size(); row++) {
            put(examples.get(row), batch, row * batch.inputLength(), row * batch.targetLength(), 0);
        }
        return batch;
    }

    private static int longest(List<TokenExample> examples, ToIntFunction<TokenExample> length) {
        return examples.stream().mapToInt(length).max().orElse(0);
    }

    /**
     * Several examples in each row, one after the other. An example without inputs gets one padding id, so that its
     * segment has some.
     *
     * @param rows each with at least one example; they fit into the row
     */
    static Batch packed(List<List<TokenExample>> rows, int inputLength, int targetLength) {
        Batch batch = empty(rows.size(), inputLength, targetLength, true);
        for (int row = 0; row < rows.size(); row++) {
            int input = row * inputLength;
            int target = row * targetLength;
            int segment = 0;
            for (TokenExample example : rows.get(row)) {
                put(example, batch, input, target, ++segment);
                input += Packer.inputs(example);
                target += example.targets().length;
            }
        }
        return batch;
    }

    private static Batch empty(int size, int inputLength, int targetLength, boolean packed) {
        int[] inputIds = new int[size * inputLength];
        int[] labels = new int[size * targetLength];
        Arrays.fill(inputIds, Batch.PAD);
        Arrays.fill(labels, Batch.IGNORED);
        int[] inputSegments = packed ? new int[inputIds.length] : null;
        int[] targetSegments = packed ? new int[labels.length] : null;
        return new Batch(size, inputLength, targetLength, inputIds, labels, inputSegments, targetSegments);
    }

    private static void put(TokenExample example, Batch batch, int input, int target, int segment) {
        int[] inputs = example.inputs();
        int[] targets = example.targets();
        DataException.check(targets.length > 0, "An example of a batch has no targets; there is nothing to learn.");
        System.arraycopy(inputs, 0, batch.inputIds(), input, inputs.length);
        System.arraycopy(targets, 0, batch.labels(), target, targets.length);
        if (batch.packed()) {
            Arrays.fill(batch.inputSegments(), input, input + Packer.inputs(example), segment);
            Arrays.fill(batch.targetSegments(), target, target + targets.length, segment);
        }
    }
}
