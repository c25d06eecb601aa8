package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.t5j.data.Example;

/**
 * Documents separated by blank lines: each is an example with the one field {@link LineSource#TEXT}, its lines joined by
 * line feeds. A document ends with its file.
 *
 * @param files plain or gzip, read one after the other
 */
public record DocumentSource(List<Path> files) implements Source {

    public DocumentSource {
        files = List.copyOf(files);
    }

    @Override
    public ExampleReader open(long position) {
        return new FileExamples(files, new Paragraphs(), position);
    }

    private static final class Paragraphs implements FileExamples.LineFormat {
        /** Whether the reader stands at the first line of the next document already. */
        private boolean ahead;

        @Override
        public boolean advance(LineReader lines) {
            boolean found = ahead || FileExamples.LineFormat.super.advance(lines);
            ahead = false;
            return found;
        }

        @Override
        public Example read(LineReader lines) {
            String origin = lines.where();
            StringBuilder text = new StringBuilder(lines.text());
            while (goesOn(lines)) {
                text.append('\n').append(lines.text());
            }
            return new Example(Map.of(LineSource.TEXT, text.toString()), origin);
        }

        @Override
        public void skip(LineReader lines) {
            while (goesOn(lines)) {
                // passing over the document's lines
            }
        }

        private boolean goesOn(LineReader lines) {
            if (!lines.advance() || lines.isBlank()) {
                return false;
            }
            ahead = lines.startsFile();
            return !ahead;
        }
    }
}
