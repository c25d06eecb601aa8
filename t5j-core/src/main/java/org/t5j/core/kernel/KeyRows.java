package org.t5j.core.kernel;

/**
 * Which rows of a matrix of keys, and of one of values, each of several queries attends to: how hypotheses of a search
 * share what they have in common without a copy of it. Query {@code i} has {@code lengths[i]} keys, which stand in rows
 * {@code rows[starts[i]] …} of the matrix.
 *
 * @param starts where the row numbers of each query begin
 * @param lengths number of keys of each query, at least 1
 * @param rows row numbers; the caller has checked them
 */
public record KeyRows(int[] starts, int[] lengths, int[] rows) {

    /** Number of queries. */
    public int queries() {
        return starts.length;
    }

    /** The most keys that a query has. */
    public int maxLength() {
        int max = 0;
        for (int length : lengths) {
            max = Math.max(max, length);
        }
        return max;
    }

    /** From one row of a query to the next where that is the same for all its rows and positive, else 0. */
    public int distance(int query) {
        int first = starts[query];
        int distance = lengths[query] == 1 ? 1 : rows[first + 1] - rows[first];
        for (int j = 1; j < lengths[query]; j++) {
            if (rows[first + j] - rows[first + j - 1] != distance) {
                return 0;
            }
        }
        return Math.max(0, distance);
    }
}
