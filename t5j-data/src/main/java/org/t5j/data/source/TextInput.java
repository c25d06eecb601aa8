package org.t5j.data.source;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.t5j.data.DataException;

/** Opens text files, plain, gzip or zstd: told by the ending, checked by the first bytes. */
final class TextInput {
    private static final int BUFFER = 1 << 16;

    private TextInput() {}

    /**
     * The uncompressed bytes of a file.
     *
     * @throws DataException if the file is empty, is not compressed as its name tells, or holds no text
     */
    static InputStream open(Path file) throws IOException {
        checkNotEmpty(file, Files.size(file));
        InputStream in = Files.newInputStream(file);
        boolean opened = false;
        try {
            byte[] packed = in.readNBytes(FileKind.HEAD);
            in = uncompressed(file, FileKind.of(packed), packed, in);
            byte[] head = in.readNBytes(FileKind.HEAD);
            FileKind.of(head).checkText(file, head);
            opened = true;
            return new SequenceInputStream(new ByteArrayInputStream(head), in);
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    private static InputStream uncompressed(Path file, FileKind kind, byte[] head, InputStream rest)
            throws IOException {
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), rest);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) {
            checkKind(file, kind == FileKind.GZIP, "gzip", head);
            return new GzipInput(all, BUFFER);
        }
        if (name.endsWith(".zst")) {
            checkKind(file, kind == FileKind.ZSTD || kind == FileKind.ZSTD_FRAME_TO_SKIP, "zstd", head);
            return new ZstdInputStreamNoFinalizer(all);
        }
        return all;
    }

    private static void checkKind(Path file, boolean right, String compression, byte[] head) {
        DataException.check(
                right,
                "Cannot read %s: by its name it is %s, but it begins with %s. Rename it if it is plain text, or fetch "
                        + "it again.",
                file,
                compression,
                FileKind.beginning(head));
    }

    /** Closes what was read from a file. */
    static void close(Path file, Closeable in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new DataException("Cannot close " + file + ": " + reason(e), e);
        }
    }

    /** @throws DataException if a file has no bytes at all */
    static void checkNotEmpty(Path file, long bytes) {
        DataException.check(
                bytes > 0,
                "%s is empty (0 bytes) and holds no examples. Was it written completely? Write it again or leave it out.",
                file);
    }

    /** The error for what cannot be read on at some place. */
    static DataException broken(Path file, String place, IOException e) {
        return new DataException(
                String.format(
                        "Cannot read %s %s: %s. The file may be cut off or damaged; fetch or write it again.",
                        file, place, reason(e)),
                e);
    }

    /** What went wrong, in words. */
    static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it is gone" : DataException.reason(e);
    }
}
