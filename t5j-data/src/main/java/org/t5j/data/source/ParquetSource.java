package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.DataException;

/**
 * Parquet files, such as Hugging Face's data sets: every row is an example. Strings, numbers, booleans and dates become
 * fields, lists of them lists, other values their JSON text. Pages may be plain, snappy, gzip or zstd. One row group's
 * chosen columns are held in memory at a time, compressed.
 *
 * <p>Needs the libraries {@code org.apache.parquet:parquet-hadoop}, {@code org.apache.hadoop:hadoop-common} and
 * {@code org.apache.hadoop:hadoop-mapreduce-client-core} (both without what they depend on; only their types are used) on
 * the class path, which are optional dependencies of t5j-data.
 *
 * @param files read one after the other
 * @param columns the fields to read, such as {@code text} or {@code answers.text}; no row has null there. Empty for all
 *     columns, nulls left out
 * @param rules how rows are judged; the limit on bytes does not apply
 */
public record ParquetSource(List<Path> files, List<String> columns, RowRules rules) implements Source {

    public ParquetSource {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        new JsonFields(columns);
    }

    /** Bad rows are errors. */
    public ParquetSource(List<Path> files, List<String> columns) {
        this(files, columns, RowRules.DEFAULT);
    }

    @Override
    public ExampleReader open(long position) {
        try {
            return FileExamples.open(files, () -> new ParquetRows(files, columns), rules.onBadRow(), position);
        } catch (NoClassDefFoundError e) {
            throw new DataException(
                    "Cannot read " + files.get(0) + ": format parquet needs libraries that are not on the class path ("
                            + e.getMessage()
                            + "). Add org.apache.parquet:parquet-hadoop, and without their dependencies "
                            + "org.apache.hadoop:hadoop-common and hadoop-mapreduce-client-core, to your build, as "
                            + "t5j-examples does.",
                    e);
        }
    }
}
