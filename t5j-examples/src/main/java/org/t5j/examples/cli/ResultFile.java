package org.t5j.examples.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a command writes bytes: standard output, or a file that appears when all is written. Closing it before {@link
 * #finish} leaves an older file as it was.
 */
final class ResultFile implements AutoCloseable {
    private final OutputStream out;
    private final Path temporary;
    private final Path target;

    private ResultFile(OutputStream out, Path temporary, Path target) {
        this.out = out;
        this.temporary = temporary;
        this.target = target;
    }

    static ResultFile ofStandardOutput(Subcommand command) {
        return new ResultFile(command.results(), null, null);
    }

    /** @param file may also be a pipe or a device, which is then written to directly */
    static ResultFile of(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new ResultFile(buffered(file), null, null);
        }
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        long process = ProcessHandle.current().pid();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + process + ".incomplete");
        OutputStream out = buffered(temporary);
        temporary.toFile().deleteOnExit();
        return new ResultFile(out, temporary, target);
    }

    private static OutputStream buffered(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    OutputStream stream() {
        return out;
    }

    /** All is written. */
    void finish() throws IOException {
        out.flush();
        if (temporary != null) {
            out.close();
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary != null) {
            out.close();
            Files.deleteIfExists(temporary);
        }
    }
}
