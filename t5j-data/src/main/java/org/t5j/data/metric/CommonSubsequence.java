package org.t5j.data.metric;

import java.util.BitSet;

/** Longest common subsequences; O(n·m) time and memory. */
final class CommonSubsequence {
    private final int[] target;
    private final int[] prediction;
    private final int[][] lengths;

    CommonSubsequence(int[] target, int[] prediction) {
        this.target = target;
        this.prediction = prediction;
        lengths = new int[target.length + 1][prediction.length + 1];
        for (int i = 1; i <= target.length; i++) {
            for (int j = 1; j <= prediction.length; j++) {
                lengths[i][j] = target[i - 1] == prediction[j - 1]
                        ? lengths[i - 1][j - 1] + 1
                        : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
            }
        }
    }

    int length() {
        return lengths[target.length][prediction.length];
    }

    /** Places in the target of one of the longest; of several, the one that rouge_score finds. */
    BitSet places() {
        BitSet places = new BitSet(target.length);
        int i = target.length;
        int j = prediction.length;
        while (i > 0 && j > 0) {
            if (target[i - 1] == prediction[j - 1]) {
                places.set(--i);
                j--;
            } else if (lengths[i][j - 1] > lengths[i - 1][j]) {
                j--;
            } else {
                i--;
            }
        }
        return places;
    }
}
