package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;

/**
 * Documents separated by blank lines: each is an example with the one field {@link LineSource#TEXT}, its lines joined by
 * line feeds. A document ends with its file.
 *
 * @param files plain, gzip or zstd, read one after the other
 * @param rules how documents are judged
 */
public record DocumentSource(List<Path> files, RowRules rules) implements Source {

    public DocumentSource {
        files = List.copyOf(files);
    }

    /** Bad documents are errors. */
    public DocumentSource(List<Path> files) {
        this(files, RowRules.DEFAULT);
    }

    @Override
    public ExampleReader open(long position) {
        return FileExamples.open(
                files,
                () -> new TextRows(files, rules, new Documents(rules.maxBytes()), LineSource::example),
                rules.onBadRow(),
                position);
    }

    private static final class Documents implements TextRows.Splitter {
        private final Row document;

        Documents(int maxBytes) {
            document = new Row(maxBytes);
        }

        @Override
        public Row next(LineReader lines) {
            while (document.tooLong() && goesOn(lines)) {
                // passing over the rest of a document that was too long
            }
            Row first = TextRows.Splitter.line(lines);
            if (first == null) {
                return null;
            }
            document.copy(first);
            while (!document.tooLong() && goesOn(lines)) {
                document.append(lines.row());
            }
            return document;
        }

        private static boolean goesOn(LineReader lines) {
            return lines.advanceInFile() && !lines.row().isBlank();
        }
    }
}
