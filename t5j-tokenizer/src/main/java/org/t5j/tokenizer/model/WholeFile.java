package org.t5j.tokenizer.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.TokenizerException;

/** Writes files that appear whole or not at all. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Writes {@code content} to a temporary file beside {@code file}, which it then replaces.
     *
     * @throws TokenizerException if it cannot be written; an older file is then unchanged
     */
    public static void write(Path file, byte[] content) {
        Path target = file.toAbsolutePath();
        try {
            // Not createTempFile, whose files nobody else may read.
            long process = ProcessHandle.current().pid();
            Path temporary = target.resolveSibling("." + target.getFileName() + "." + process + ".incomplete");
            try {
                Files.write(temporary, content);
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failed) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " cannot be written: " + FileReason.of(failed), failed);
        }
    }
}
