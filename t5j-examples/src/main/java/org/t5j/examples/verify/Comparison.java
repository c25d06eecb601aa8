package org.t5j.examples.verify;

/**
 * How far apart a group of recorded and computed values is.
 *
 * @param group name of the group of tensors, e.g. {@code logits} or {@code grad}
 * @param members number of tensors (or sequences) compared
 * @param measure what the difference is: {@code max abs}, {@code relative L2}, {@code sequences differ}
 * @param difference the largest one; NaN where a value is not a number
 * @param worst name of the member it was found in
 * @param tolerance the largest difference allowed
 */
public record Comparison(String group, int members, String measure, double difference, String worst, double tolerance) {

    /** Whether the difference is within the tolerance; a NaN is not. */
    public boolean passed() {
        return difference <= tolerance;
    }

    /** This group with a further member that differs by {@code other}. */
    Comparison plus(String member, double other) {
        boolean larger = members == 0 || other > difference || Double.isNaN(other);
        return new Comparison(
                group,
                members + 1,
                measure,
                larger && !Double.isNaN(difference) ? other : difference,
                larger && !Double.isNaN(difference) ? member : worst,
                tolerance);
    }

    /** A group without members. */
    static Comparison empty(String group, String measure, double tolerance) {
        return new Comparison(group, 0, measure, 0, "", tolerance);
    }
}
