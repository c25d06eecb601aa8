package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Reads the examples that the {@link Rows} of files make: keeps the position, decides about bad rows. */
final class FileExamples implements ExampleReader {
    private final List<Path> files;
    private final Rows rows;
    private final OnBadRow onBadRow;
    private BadRows badRows = BadRows.NONE;
    private long position;
    private boolean anyGood;

    private FileExamples(List<Path> files, Rows rows, OnBadRow onBadRow) {
        this.files = files;
        this.rows = rows;
        this.onBadRow = onBadRow;
    }

    /**
     * Starts reading.
     *
     * @param rows opens the rows, at the first
     * @param start index of the row to begin with
     */
    static FileExamples open(List<Path> files, Supplier<Rows> rows, OnBadRow onBadRow, long start) {
        DataException.check(!files.isEmpty(), "No files were named. Name at least one.");
        files.forEach(FilePatterns::checkReadable);
        FileExamples examples = new FileExamples(files, rows.get(), onBadRow);
        boolean opened = false;
        try {
            examples.skipTo(start);
            opened = true;
        } finally {
            if (!opened) {
                examples.close();
            }
        }
        return examples;
    }

    private void skipTo(long start) {
        position = rows.skip(start);
        DataException.check(
                position == start,
                "Cannot start at example %d of %s: there are only %d. Were the files changed? Start from the beginning.",
                start,
                names(),
                position);
        anyGood = start > 0;
    }

    private String names() {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    @Override
    public Example next() {
        while (rows.advance()) {
            position++;
            try {
                Example example = rows.read();
                anyGood = true;
                return example;
            } catch (DataException e) {
                if (onBadRow == OnBadRow.ERROR) {
                    throw e;
                }
                badRows = badRows.and(e.getMessage());
            }
        }
        DataException.check(
                anyGood || badRows.count() > 0,
                "%s holds no examples: it is blank or has a header alone. Check that it is the right file.",
                names());
        DataException.check(anyGood, "%s holds no good row. Check its format. %s", names(), badRows);
        return null;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public BadRows badRows() {
        return badRows;
    }

    @Override
    public void close() {
        rows.close();
    }
}
