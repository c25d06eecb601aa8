package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Reads examples from the lines of files; how lines make examples is the {@link Format}'s business. */
final class FileExamples implements ExampleReader {

    /** Makes examples of lines. */
    interface Format {
        /** Goes to the next example's first line; false at the end. */
        boolean advance(LineReader lines);

        /** Reads the example that starts at the current line. */
        Example read(LineReader lines);

        /** Passes over the example that starts at the current line. */
        void skip(LineReader lines);
    }

    private final List<Path> files;
    private final LineReader lines;
    private final Format format;
    private long position;

    FileExamples(List<Path> files, Format format, long start) {
        DataException.check(!files.isEmpty(), "No files were named. Name at least one.");
        this.files = files;
        this.lines = new LineReader(files);
        this.format = format;
        boolean opened = false;
        try {
            skipTo(start);
            opened = true;
        } finally {
            if (!opened) {
                lines.close();
            }
        }
    }

    private void skipTo(long start) {
        while (position < start && format.advance(lines)) {
            format.skip(lines);
            position++;
        }
        DataException.check(
                position == start,
                "Cannot start at example %d of %s: there are only %d. Were the files changed? Start from the beginning.",
                start,
                names(),
                position);
    }

    private String names() {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    @Override
    public Example next() {
        if (!format.advance(lines)) {
            DataException.check(
                    position > 0,
                    "%s holds no examples: every line is blank. Check that it is the right file.",
                    names());
            return null;
        }
        Example example = format.read(lines);
        position++;
        return example;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        lines.close();
    }

    /** A format where each line that is not blank is one example. */
    interface LineFormat extends Format {
        @Override
        default boolean advance(LineReader lines) {
            while (lines.advance()) {
                if (!lines.isBlank()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        default void skip(LineReader lines) {}
    }
}
