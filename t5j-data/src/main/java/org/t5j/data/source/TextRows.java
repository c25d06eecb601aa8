package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.t5j.data.Example;

/** Rows of text files. */
final class TextRows implements Rows {

    /** Finds the rows among the lines. */
    interface Splitter {

        /** Goes to the next row; null at the end. */
        Row next(LineReader lines);

        /** Every line that is not blank is a row. */
        static Row line(LineReader lines) {
            while (lines.advance()) {
                if (!lines.row().isBlank()) {
                    return lines.row();
                }
            }
            return null;
        }
    }

    private final LineReader lines;
    private final Splitter splitter;
    private final Function<Row, Example> parser;
    private Row row;

    /** @param parser throws a {@link org.t5j.data.DataException} for a bad row */
    TextRows(List<Path> files, RowRules rules, Splitter splitter, Function<Row, Example> parser) {
        this.lines = new LineReader(files, rules.maxBytes());
        this.splitter = splitter;
        this.parser = parser;
    }

    @Override
    public boolean advance() {
        row = splitter.next(lines);
        return row != null;
    }

    /** The current row; valid until the next is gone to. */
    Row row() {
        return row;
    }

    @Override
    public Example read() {
        return parser.apply(row);
    }

    @Override
    public void close() {
        lines.close();
    }
}
