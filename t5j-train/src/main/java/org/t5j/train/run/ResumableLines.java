package org.t5j.train.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/**
 * A file of lines that appears when the last is written, however often the writing is killed: until then they stand in a
 * hidden file beside it, {@code .NAME.FINGERPRINT.partial}, of which whole batches are kept when writing goes on.
 */
final class ResumableLines implements AutoCloseable {
    private static final String ENDING = ".partial";

    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private long lines;

    private ResumableLines(Path target, Path partial, FileChannel channel) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
    }

    /**
     * Begins, or goes on.
     *
     * @param fingerprint {@link Fingerprint#hex} of what the lines follow from
     * @param batch lines that are written together, at least 1
     * @throws T5Exception where lines of another fingerprint were begun, or another process is writing them
     */
    static ResumableLines open(Path output, String fingerprint, int batch) {
        try {
            if (Files.exists(output) && !Files.isRegularFile(output)) {
                throw new T5Exception(
                        output + " is no regular file, so writing it cannot be taken up again; name a file,"
                                + " or write to standard output");
            }
            Path target = Files.exists(output) ? output.toRealPath() : output.toAbsolutePath();
            Path partial = target.resolveSibling("." + target.getFileName() + "." + fingerprint + ENDING);
            refuseOthers(target, partial);
            FileChannel channel = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ResumableLines lines = new ResumableLines(target, partial, channel);
            try {
                lines.lock();
                lines.keepBatches(batch);
                return lines;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new T5Exception("Cannot write " + output + ": " + FileFailure.reason(e), e);
        }
    }

    private static void refuseOthers(Path target, Path partial) throws IOException {
        String name = Pattern.quote("." + target.getFileName() + ".");
        Pattern begun = Pattern.compile(name + "[0-9a-f]{" + Fingerprint.DIGITS + "}" + Pattern.quote(ENDING));
        try (Stream<Path> siblings = Files.list(partial.getParent())) {
            siblings.filter(file -> begun.matcher(file.getFileName().toString()).matches() && !file.equals(partial))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new T5Exception(target + " was begun with other inputs, options or another model, and is"
                                + " not done; go on with those, or delete " + other + " to begin anew");
                    });
        }
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null || !Files.exists(partial)) {
            throw new T5Exception("Another process is writing " + target + "; wait for it, or name another file");
        }
    }

    /** Cuts off what follows the last whole batch. */
    private void keepBatches(int batch) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long at = 0;
        long kept = 0;
        long found = 0;
        while (channel.read(buffer.clear(), at) > 0) {
            for (int i = 0; i < buffer.position(); i++) {
                if (buffer.get(i) == '\n' && ++found % batch == 0) {
                    kept = at + i + 1;
                    lines = found;
                }
            }
            at += buffer.position();
        }
        channel.truncate(kept);
        channel.position(kept);
    }

    /** Lines that are there already: whole batches. */
    long lines() {
        return lines;
    }

    /** Appends lines without line breaks. */
    void append(List<String> batch) {
        ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", batch) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new T5Exception(
                    "Cannot write " + partial + ": " + FileFailure.reason(e)
                            + "; what is whole is kept: give the command" + " again to go on",
                    e);
        }
        lines += batch.size();
    }

    /** All lines are there: the file appears, in place of an older one. */
    void finish() {
        try {
            channel.force(true);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new T5Exception("Cannot write " + target + ": " + FileFailure.reason(e), e);
        }
    }

    /** Without {@link #finish}, what was written waits to be gone on with. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new T5Exception("Cannot write " + partial + ": " + FileFailure.reason(e), e);
        }
    }
}
