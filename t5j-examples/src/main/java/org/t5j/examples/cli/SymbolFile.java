package org.t5j.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the small files that options of {@code spm_train} name. */
final class SymbolFile {
    private SymbolFile() {}

    /** The lines, which only LF ends. */
    static List<String> lines(Path file) {
        try {
            LineInput input = new LineInput(new ByteArrayInputStream(Files.readAllBytes(file)));
            List<String> lines = new ArrayList<>();
            for (String line = input.next(); line != null; line = input.next()) {
                lines.add(line);
            }
            return lines;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
