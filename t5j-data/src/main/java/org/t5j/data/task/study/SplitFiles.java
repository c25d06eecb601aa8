package org.t5j.data.task.study;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.source.FilePatterns;
import org.t5j.data.source.OnBadRow;
import org.t5j.data.source.RowRules;
import org.t5j.data.source.Source;
import org.t5j.data.source.SourceConfig;

/**
 * The files of a split.
 *
 * @param split such as {@code train}; the test sets of some distributions are laid out differently
 * @param names names, globs and directories
 * @param base directory that relative names start from
 * @param rules how their rows are judged
 */
public record SplitFiles(String split, List<String> names, Path base, RowRules rules) {

    public SplitFiles {
        names = List.copyOf(names);
    }

    /** The same files, whose bad rows are skipped and counted whatever the rules. */
    public SplitFiles skippingBadRows() {
        return new SplitFiles(split, names, base, new RowRules(OnBadRow.SKIP, rules.maxBytes()));
    }

    /**
     * Reads the rows of tables, JSON or Parquet; see {@link SourceConfig} for the formats and columns.
     *
     * @param columns the columns to read, which every row has; empty for all, which the header of a table then names
     * @throws org.t5j.data.DataException if a file is missing
     */
    public Source open(String format, List<String> columns) {
        boolean header = columns.isEmpty() && (format.equals("tsv") || format.equals("csv"));
        return new SourceConfig(format, names, columns, header, null, rules.onBadRow(), rules.maxBytes())
                .toSource(base);
    }

    /**
     * Reads the records inside of JSON documents.
     *
     * @param records path to the records, such as {@code data.paragraphs.qas}
     * @param columns the fields to read, which every record has
     * @throws org.t5j.data.DataException if a file is missing
     */
    public Source openRecords(String records, List<String> columns) {
        return new SourceConfig("json", names, columns, null, records, rules.onBadRow(), rules.maxBytes())
                .toSource(base);
    }

    /** The files, for a source that {@link SourceConfig} does not know. */
    public List<Path> paths() {
        return FilePatterns.resolve(base, names);
    }
}
