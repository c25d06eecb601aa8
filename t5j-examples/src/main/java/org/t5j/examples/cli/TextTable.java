package org.t5j.examples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns that are as wide as their widest cell; the first column stands left, others right. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** @param cells as many as in every other row */
    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(padded(row, 0));
            for (int column = 1; column < row.size(); column++) {
                line.append("  ").append(padded(row, column));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private String padded(List<String> row, int column) {
        int width =
                rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        return String.format("%" + (column == 0 ? "-" : "") + Math.max(1, width) + "s", row.get(column));
    }
}
