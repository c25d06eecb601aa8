package org.t5j.examples.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures and deletes directories with all that is in them. */
final class FileTrees {
    private static final int ATTEMPTS = 20;

    private FileTrees() {}

    static long bytes(Path directory) throws IOException {
        long bytes = 0;
        for (Path path : paths(directory)) {
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    /** Deletes a directory, also while another process writes to it. */
    static void delete(Path directory) throws IOException {
        for (int i = 1; Files.exists(directory); i++) {
            try {
                for (Path path : paths(directory).stream()
                        .sorted(Comparator.reverseOrder())
                        .toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (DirectoryNotEmptyException | NoSuchFileException | UncheckedIOException changing) {
                if (i == ATTEMPTS) {
                    throw changing;
                }
            }
        }
    }

    /** From the top down. */
    private static List<Path> paths(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
