package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Registry;

/**
 * A source as a configuration file says it.
 *
 * @param format {@code lines} (each an example), {@code documents} (separated by blank lines), {@code tsv} or
 *     {@code jsonl}
 * @param files names and globs of plain or gzip files, relative to the configuration file
 * @param columns names of the columns of TSV or of the fields of JSONL to read; must be absent for {@code lines} and
 *     {@code documents}, whose only field is {@code text}
 */
public record SourceConfig(String format, List<String> files, List<String> columns) {

    private interface Factory {
        Source create(List<Path> files, List<String> columns);
    }

    private static final Registry<Factory> FORMATS = new Registry<Factory>("format")
            .add("lines", (files, columns) -> new LineSource(files))
            .add("documents", (files, columns) -> new DocumentSource(files))
            .add("tsv", TsvSource::new)
            .add("jsonl", JsonlSource::new);

    public SourceConfig {
        DataException.check(format != null, "'format' is missing. Give one of %s.", FORMATS.names());
        FORMATS.get(format);
        files = files == null ? List.of() : List.copyOf(files);
        columns = columns == null ? List.of() : List.copyOf(columns);
        DataException.check(!files.isEmpty(), "No files are named for format '%s'. Name at least one.", format);
        boolean hasColumns = format.equals("tsv") || format.equals("jsonl");
        DataException.check(
                hasColumns == !columns.isEmpty(),
                hasColumns
                        ? "Format '%s' needs 'columns': the names of its columns or fields."
                        : "Format '%s' has no 'columns'; its only field is 'text'. Leave them out.",
                format);
    }

    /**
     * The source.
     *
     * @param base directory that relative names start from
     * @throws DataException if a file is missing
     */
    public Source toSource(Path base) {
        return FORMATS.get(format).create(FilePatterns.resolve(base, files), columns);
    }
}
