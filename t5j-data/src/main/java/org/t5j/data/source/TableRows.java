package org.t5j.data.source;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Rows of TSV or CSV: a field for each column. The columns' names are declared, or stand in the first row of each file. */
final class TableRows implements Rows {
    private final TextRows rows;
    private final Function<Row, String[]> cells;
    private final boolean header;
    private List<String> columns;
    private Path headed;

    /**
     * @param columns the declared names; empty if the header tells them
     * @param cells throws a {@link DataException} if a row cannot be cut into cells
     */
    TableRows(
            List<Path> files,
            List<String> columns,
            boolean header,
            RowRules rules,
            TextRows.Splitter splitter,
            Function<Row, String[]> cells) {
        this.rows = new TextRows(files, rules, splitter, row -> null);
        this.columns = columns;
        this.header = header;
        this.cells = cells;
    }

    /** Checks how a table is declared. */
    static void checkColumns(String format, List<String> columns, boolean header) {
        DataException.check(
                header || !columns.isEmpty(),
                "A %s source needs the names of its columns, such as input, target; or header: true if the first line "
                        + "has them.",
                format);
        DataException.check(
                columns.stream().noneMatch(String::isBlank),
                "%s columns %s: a name is empty. Give each column a name.",
                format,
                columns);
        DataException.check(
                new HashSet<>(columns).size() == columns.size(),
                "%s columns %s: a name occurs twice. Give each column a name of its own.",
                format,
                columns);
    }

    @Override
    public boolean advance() {
        if (!rows.advance()) {
            return false;
        }
        if (header && !rows.row().file().equals(headed)) {
            headed = rows.row().file();
            readHeader(rows.row());
            return advance();
        }
        return true;
    }

    private void readHeader(Row row) {
        List<String> names = List.of(cells.apply(row));
        DataException.check(
                new HashSet<>(names).size() == names.size() && !names.contains(""),
                "%s names the columns %s: a name occurs twice or is empty. Mend the header, or take it out and declare "
                        + "'columns'.",
                row.where(),
                names);
        DataException.check(
                columns.isEmpty() || columns.equals(names),
                "%s names the columns %s, but the declaration or the file before names %s. Make them agree, or leave "
                        + "out 'columns'.",
                row.where(),
                names,
                columns);
        columns = names;
    }

    @Override
    public Example read() {
        Row row = rows.row();
        String[] values = cells.apply(row);
        DataException.check(
                values.length == columns.size(),
                "%s has %d columns, but %d are declared: %s. Mend the line, check what separates its columns, or "
                        + "declare them as they are.",
                row.where(),
                values.length,
                columns.size(),
                columns);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            fields.put(columns.get(i), values[i]);
        }
        return new Example(fields, row.where());
    }

    @Override
    public void close() {
        rows.close();
    }
}
