package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;

/**
 * Tab-separated values: every line is an example with one field per column. There is no quoting or escaping; blank lines
 * are passed over.
 *
 * @param files plain, gzip or zstd, read one after the other
 * @param columns names of the columns; every line has exactly that many. Empty if the header tells them
 * @param header whether the first line of every file names the columns; it must agree with {@code columns}
 * @param rules how lines are judged
 */
public record TsvSource(List<Path> files, List<String> columns, boolean header, RowRules rules) implements Source {

    public TsvSource {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        TableRows.checkColumns("TSV", columns, header);
    }

    /** Without a header; bad lines are errors. */
    public TsvSource(List<Path> files, List<String> columns) {
        this(files, columns, false, RowRules.DEFAULT);
    }

    @Override
    public ExampleReader open(long position) {
        return FileExamples.open(
                files,
                () -> new TableRows(files, columns, header, rules, TextRows.Splitter::line, row -> row.text()
                        .split("\t", -1)),
                rules.onBadRow(),
                position);
    }
}
