package org.t5j.data.source;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * Tab-separated values without a header: every line is an example with one field per column. There is no quoting or
 * escaping; blank lines are passed over.
 *
 * @param files plain or gzip, read one after the other
 * @param columns names of the columns; every line has exactly that many
 */
public record TsvSource(List<Path> files, List<String> columns) implements Source {

    public TsvSource {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        DataException.check(!columns.isEmpty(), "A TSV source needs the names of its columns, such as input, target.");
        DataException.check(
                new HashSet<>(columns).size() == columns.size(), "TSV columns %s: a name occurs twice.", columns);
    }

    @Override
    public ExampleReader open(long position) {
        FileExamples.LineFormat format = this::parse;
        return new FileExamples(files, format, position);
    }

    private Example parse(LineReader lines) {
        String[] values = lines.text().split("\t", -1);
        DataException.check(
                values.length == columns.size(),
                "%s has %d columns, but %d are declared: %s. Columns are separated by tabs; "
                        + "mend the line or declare the columns as they are.",
                lines.where(),
                values.length,
                columns.size(),
                columns);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            fields.put(columns.get(i), values[i]);
        }
        return new Example(fields, lines.where());
    }
}
