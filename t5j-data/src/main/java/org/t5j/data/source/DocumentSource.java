package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.t5j.data.Example;

/**
 * Documents separated by blank lines: each is an example with the one field {@link LineSource#TEXT}, its lines joined by
 * line feeds. A document that runs into the end of a file goes on in the next file.
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

        @Override
        public Example read(LineReader lines) {
            String origin = lines.where();
            StringBuilder text = new StringBuilder(lines.text());
            while (lines.advance() && !lines.isBlank()) {
                text.append('\n').append(lines.text());
            }
            return new Example(Map.of(LineSource.TEXT, text.toString()), origin);
        }

        @Override
        public void skip(LineReader lines) {
            while (lines.advance() && !lines.isBlank()) {
                // passing over the document's lines
            }
        }
    }
}
