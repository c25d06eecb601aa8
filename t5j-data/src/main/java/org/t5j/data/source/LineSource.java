package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.t5j.data.Example;

/**
 * Every line is an example with the one field {@link #TEXT}; blank lines are passed over.
 *
 * @param files plain or gzip, read one after the other
 */
public record LineSource(List<Path> files) implements Source {

    /** Field of the line's text. */
    public static final String TEXT = "text";

    public LineSource {
        files = List.copyOf(files);
    }

    @Override
    public ExampleReader open(long position) {
        FileExamples.LineFormat format = lines -> new Example(Map.of(TEXT, lines.text()), lines.where());
        return new FileExamples(files, format, position);
    }
}
