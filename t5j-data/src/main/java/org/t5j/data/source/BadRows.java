package org.t5j.data.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * The bad rows that a reader passed over, for whoever reads to tell the user. Immutable.
 *
 * @param count how many
 * @param examples what is wrong with the first few; at most {@value #KEPT}
 */
public record BadRows(long count, List<String> examples) {
    private static final int KEPT = 5;

    /** No bad rows. */
    public static final BadRows NONE = new BadRows(0, List.of());

    public BadRows {
        examples = List.copyOf(examples);
    }

    BadRows and(String problem) {
        List<String> kept = examples.size() == KEPT
                ? examples
                : Stream.concat(examples.stream(), Stream.of(problem)).toList();
        return new BadRows(count + 1, kept);
    }

    /** A report of a line for the count and one for each example; empty if there are none. */
    @Override
    public String toString() {
        return count == 0
                ? ""
                : count
                        + (count == 1 ? " bad row was skipped:\n  " : " bad rows were skipped, the first of them:\n  ")
                        + String.join("\n  ", examples);
    }
}
