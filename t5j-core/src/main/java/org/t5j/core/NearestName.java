package org.t5j.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody who mistyped a name most likely meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the smallest edit distance to {@code name}, the first of several; none where more than a third of
     * the letters would have to change.
     */
    public static Optional<String> among(Collection<String> candidates, String name) {
        return candidates.stream()
                .min(Comparator.comparing((String candidate) -> !isAbbreviation(name, candidate))
                        .thenComparingInt(candidate -> editDistance(candidate, name)))
                .filter(nearest ->
                        isAbbreviation(name, nearest) || editDistance(nearest, name) <= (name.length() + 2) / 3);
    }

    private static boolean isAbbreviation(String name, String candidate) {
        return name.length() >= 3 && candidate.startsWith(name);
    }

    /** The end of a sentence on an unknown name: {@code ; did you mean small?}, or a full stop where none is near. */
    public static String question(Collection<String> candidates, String name) {
        return among(candidates, name)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse(".");
    }

    /** The same with the candidate in quotation marks. */
    public static String quotedQuestion(Collection<String> candidates, String name) {
        return among(candidates, name)
                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                .orElse(".");
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
