package org.t5j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.t5j.tokenizer.FileReason;

/** Directories with all that is in them. */
public final class DirectoryTree {
    private DirectoryTree() {}

    /**
     * Deletes a directory; does nothing where there is none.
     *
     * @throws DataException if something in it cannot be deleted
     */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new DataException("Cannot delete " + directory + ": " + FileReason.of(e), e);
        }
    }
}
