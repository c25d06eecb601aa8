package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.t5j.data.Example;

/**
 * Every line is an example with the one field {@link #TEXT}; blank lines are passed over.
 *
 * @param files plain, gzip or zstd, read one after the other
 * @param rules how lines are judged
 */
public record LineSource(List<Path> files, RowRules rules) implements Source {

    /** Field of the line's text. */
    public static final String TEXT = "text";

    public LineSource {
        files = List.copyOf(files);
    }

    /** Bad lines are errors. */
    public LineSource(List<Path> files) {
        this(files, RowRules.DEFAULT);
    }

    @Override
    public ExampleReader open(long position) {
        return FileExamples.open(
                files,
                () -> new TextRows(files, rules, TextRows.Splitter::line, LineSource::example),
                rules.onBadRow(),
                position);
    }

    static Example example(Row row) {
        return new Example(Map.of(TEXT, row.text()), row.where());
    }
}
