package org.t5j.core;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody who mistyped a name most likely meant. */
public final class NearestName {
    private NearestName() {}

    /** The candidate with the smallest edit distance to {@code name}; the first of several. */
    public static String among(Collection<String> candidates, String name) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> editDistance(candidate, name)))
                .orElseThrow(() -> new IllegalArgumentException("There are no candidates"));
    }

    /** Levenshtein's distance: the least number of insertions, deletions and replacements of a character. */
    static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
