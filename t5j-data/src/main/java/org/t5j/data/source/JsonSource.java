package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.DataException;

/**
 * One JSON document in each file, read as a stream. Its records are the elements of an array somewhere in it; SQuAD's are
 * at {@code data.paragraphs.qas}, with columns such as {@code context}, {@code question} and {@code answers.text}.
 *
 * @param files plain, gzip or zstd, read one after the other
 * @param records path to the records through objects and arrays; empty if the document itself is the array, or the only
 *     record
 * @param columns the fields to read, such as {@code id} or {@code answers.text}; every record has all of them, not null.
 *     Empty for all that a record has, nulls left out. Besides its own fields, a record has those of the objects around
 *     it, up to the element of the outermost array
 * @param rules how records are judged; the limit on bytes does not apply, but an element of the outermost array must fit
 *     into memory
 */
public record JsonSource(List<Path> files, String records, List<String> columns, RowRules rules) implements Source {

    public JsonSource {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        new JsonFields(columns);
        DataException.check(
                records.isEmpty() || List.of(records.split("\\.", -1)).stream().noneMatch(String::isBlank),
                "The path '%s' to the records has an empty part. Write it as in data.paragraphs.",
                records);
    }

    /** Bad records are errors. */
    public JsonSource(List<Path> files, String records, List<String> columns) {
        this(files, records, columns, RowRules.DEFAULT);
    }

    @Override
    public ExampleReader open(long position) {
        List<String> path = records.isEmpty() ? List.of() : List.of(records.split("\\."));
        return FileExamples.open(
                files, () -> new JsonRecords(files, path, new JsonFields(columns)), rules.onBadRow(), position);
    }
}
