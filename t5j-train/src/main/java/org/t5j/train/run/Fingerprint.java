package org.t5j.train.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/** A short name of everything that a result follows from: files by what is in them, values by their text. */
final class Fingerprint {
    static final int DIGITS = 16;
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    Fingerprint add(Object value) {
        digest.update(value.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    Fingerprint addFile(Path file) {
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
            }
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
        return add(length);
    }

    /** The files that stand in a directory itself, by name. */
    Fingerprint addDirectory(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
            files.forEach(file -> add(file.getFileName()).addFile(file));
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + directory + ": " + FileFailure.reason(e), e);
        }
        return this;
    }

    /** {@link #DIGITS} hexadecimal digits. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, DIGITS / 2);
    }
}
