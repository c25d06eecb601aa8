package org.t5j.data.metric;

/** The harmonic mean of precision and recall, from counts. */
final class F1 {
    private F1() {}

    /** {@code 2·right / (predicted + wanted)} in percent; 0 where nothing is wanted or predicted, as in sklearn. */
    static double percent(long right, long predicted, long wanted) {
        return predicted + wanted == 0 ? 0 : 200.0 * right / (predicted + wanted);
    }
}
