package org.t5j.examples.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.t5j.data.batch.Batch;

/**
 * An example as the model gets it.
 *
 * @param row of the batch, from 1
 * @param segment of a packed row, from 1; 0 where rows are not packed
 * @param inputs ids without padding
 * @param targets ids without padding
 */
public record ShownExample(int row, int segment, int[] inputs, int[] targets) {

    /** The examples of a batch, row by row. */
    public static List<ShownExample> of(Batch batch) {
        List<ShownExample> examples = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            int[] inputs = row(batch.inputIds(), row, batch.inputLength());
            int[] targets = row(batch.labels(), row, batch.targetLength());
            if (!batch.packed()) {
                examples.add(new ShownExample(row + 1, 0, until(inputs, Batch.PAD), until(targets, Batch.IGNORED)));
                continue;
            }
            int[] inputSegments = row(batch.inputSegments(), row, batch.inputLength());
            int[] targetSegments = row(batch.targetSegments(), row, batch.targetLength());
            int last = IntStream.concat(Arrays.stream(inputSegments), Arrays.stream(targetSegments))
                    .max()
                    .orElse(0);
            for (int segment = 1; segment <= last; segment++) {
                examples.add(new ShownExample(
                        row + 1,
                        segment,
                        ofSegment(inputs, inputSegments, segment),
                        ofSegment(targets, targetSegments, segment)));
            }
        }
        return examples;
    }

    private static int[] row(int[] ids, int row, int length) {
        return Arrays.copyOfRange(ids, row * length, (row + 1) * length);
    }

    /** Without the padding at the end; padding's id may stand elsewhere. */
    private static int[] until(int[] ids, int padding) {
        int end = ids.length;
        while (end > 0 && ids[end - 1] == padding) {
            end--;
        }
        return Arrays.copyOf(ids, end);
    }

    private static int[] ofSegment(int[] ids, int[] segments, int segment) {
        return IntStream.range(0, ids.length)
                .filter(i -> segments[i] == segment)
                .map(i -> ids[i])
                .toArray();
    }
}
