package org.t5j.core.decode;

/**
 * The {@code capacity} best of all scores offered, best first; among equals the one offered first. One pass over the
 * scores, which are compared to the worst kept so far.
 */
final class TopCandidates {
    private final float[] scores;
    private final int[] indices;
    private int size;

    TopCandidates(int capacity) {
        scores = new float[capacity];
        indices = new int[capacity];
    }

    void clear() {
        size = 0;
    }

    /** Offers {@code values[offset + i] + added} as candidate {@code firstIndex + i}, for i below {@code count}. */
    void offer(float[] values, int offset, int count, float added, int firstIndex) {
        for (int i = 0; i < count; i++) {
            float score = values[offset + i] + added;
            if (size < scores.length || score > scores[size - 1]) {
                insert(score, firstIndex + i);
            }
        }
    }

    private void insert(float score, int index) {
        int at = size < scores.length ? size++ : size - 1;
        while (at > 0 && scores[at - 1] < score) {
            scores[at] = scores[at - 1];
            indices[at] = indices[at - 1];
            at--;
        }
        scores[at] = score;
        indices[at] = index;
    }

    /** Score of the candidate of this rank, 0 for the best. */
    float score(int rank) {
        return scores[rank];
    }

    int index(int rank) {
        return indices[rank];
    }
}
