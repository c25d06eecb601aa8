package org.t5j.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.t5j.core.kernel.Sequences;

/**
 * Where sequences lie in padded rows: one in a row, or several one after the other where rows are packed.
 *
 * @param rows the row of each sequence
 * @param starts the place of its first token in the padded array
 * @param lengths its tokens, at least 1
 */
record Segments(int[] rows, int[] starts, int[] lengths) {

    /** Whole rows, padding included. */
    static Segments wholeRows(int count, int length) {
        return rows(count, length, i -> true);
    }

    /** Rows up to their last wanted position, or whole where none is wanted. */
    static Segments rows(int count, int length, IntPredicate wanted) {
        int[] rows = IntStream.range(0, count).toArray();
        int[] starts = Arrays.stream(rows).map(row -> row * length).toArray();
        int[] lengths = Arrays.stream(starts)
                .map(start -> IntStream.iterate(length - 1, i -> i >= 0, i -> i - 1)
                                .filter(i -> wanted.test(start + i))
                                .findFirst()
                                .orElse(length - 1)
                        + 1)
                .toArray();
        return new Segments(rows, starts, lengths);
    }

    /**
     * The segments of packed rows.
     *
     * @param name of {@code ids}, for errors
     * @param ids {@code [rows * length]}: 1, 2, … one after the other in every row, then 0 for padding
     * @throws T5Exception where a row is otherwise
     */
    static Segments packed(String name, int[] ids, int length) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            int before = i % length == 0 ? 0 : ids[i - 1];
            boolean begins = ids[i] == before + 1 && (before > 0 || i % length == 0);
            boolean goesOn = i % length > 0 && (ids[i] == before || ids[i] == 0);
            if (!begins && !goesOn) {
                throw new T5Exception("The segments of a packed row are 1, 2, … one after the other and 0 for the"
                        + " padding at its end, but " + name + " has " + ids[i]
                        + (i % length == 0 ? " at the start" : " after " + before + " at position " + i % length)
                        + " of row " + i / length);
            }
            if (begins) {
                starts.add(i);
            }
        }
        int[] first = starts.stream().mapToInt(Integer::intValue).toArray();
        int[] rows = Arrays.stream(first).map(start -> start / length).toArray();
        return new Segments(rows, first, runs(ids, first, length));
    }

    private static int[] runs(int[] ids, int[] starts, int length) {
        return Arrays.stream(starts)
                .map(start -> (int) IntStream.range(start, (start / length + 1) * length)
                        .takeWhile(i -> ids[i] == ids[start])
                        .count())
                .toArray();
    }

    /** Checks that every row has as many segments of inputs as of targets. */
    static void requireSame(Segments inputs, Segments targets) {
        int row = Arrays.mismatch(inputs.rows, targets.rows);
        if (row >= 0) {
            int of = Math.min(
                    row < inputs.rows.length ? inputs.rows[row] : Integer.MAX_VALUE,
                    row < targets.rows.length ? targets.rows[row] : Integer.MAX_VALUE);
            throw new T5Exception("Every segment of a packed row needs inputs and targets, but row " + of + " has "
                    + inputs.inRow(of) + " segments in inputSegments and " + targets.inRow(of)
                    + " in targetSegments");
        }
    }

    private long inRow(int wanted) {
        return Arrays.stream(rows).filter(row -> row == wanted).count();
    }

    /** The sequences laid end to end. */
    Sequences sequences() {
        return Sequences.of(lengths);
    }

    /** Of values in padded rows those that belong to a sequence, laid end to end; null of null. */
    int[] take(int[] padded) {
        int total = Arrays.stream(lengths).sum();
        if (padded == null || padded.length == total) {
            return padded;
        }
        int[] taken = new int[total];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            System.arraycopy(padded, starts[i], taken, at, lengths[i]);
            at += lengths[i];
        }
        return taken;
    }
}
