package org.t5j.data.prepare;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.t5j.data.DataException;
import org.t5j.tokenizer.FileReason;

/** A file that appears whole or not at all, whenever the process dies. */
final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileOutputStream file;
    private final DataOutputStream out;

    AtomicFile(Path target) {
        this.target = target;
        this.temporary = target.resolveSibling(target.getFileName() + ".incomplete");
        try {
            file = new FileOutputStream(temporary.toFile());
        } catch (IOException e) {
            throw cannot(e);
        }
        out = new DataOutputStream(new BufferedOutputStream(file, 1 << 16));
    }

    /** Writes into the file, big-endian. */
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    static void write(Path target, Content content) {
        try (AtomicFile file = new AtomicFile(target)) {
            file.append(content);
            file.commit();
        }
    }

    void append(Content content) {
        try {
            content.write(out);
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    /** All is written. */
    void commit() {
        try {
            out.flush();
            file.getChannel().force(true);
            out.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    private DataException cannot(IOException e) {
        return new DataException("Cannot write " + target + ": " + FileReason.of(e) + ". Is the disk full?", e);
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw cannot(e);
        }
    }
}
