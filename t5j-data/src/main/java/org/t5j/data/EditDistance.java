package org.t5j.data;

import java.util.List;

/** Levenshtein's distance: the fewest insertions, deletions and substitutions that turn one sequence into another. */
public final class EditDistance {
    private EditDistance() {}

    /** Distance in code points. */
    public static int of(String from, String to) {
        return of(from.codePoints().boxed().toList(), to.codePoints().boxed().toList());
    }

    /** Distance in elements; O(n·m) time, O(m) memory. */
    public static int of(List<?> from, List<?> to) {
        int[] row = new int[to.size() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substitution = diagonal + (from.get(i - 1).equals(to.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.size()];
    }
}
