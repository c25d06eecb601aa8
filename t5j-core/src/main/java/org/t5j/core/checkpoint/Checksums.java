package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.t5j.core.T5Exception;

/** The SHA-256 of every file of a directory, in a file {@code checksums.json} beside them. */
final class Checksums {
    static final String FILE = "checksums.json";

    private static final String ALGORITHM = "SHA-256";

    private Checksums() {}

    /** Writes the checksums of all files below {@code directory}. */
    static void write(Path directory) throws IOException {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("algorithm", ALGORITHM);
        ObjectNode files = tree.putObject("files");
        for (String file : filesIn(directory)) {
            files.put(file, sha256(directory.resolve(file)));
        }
        JsonObjectFile.write(directory.resolve(FILE), tree);
    }

    static boolean isPresent(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /** The files that {@code checksums.json} lists, with '/' between folders. */
    static Map<String, String> read(Path directory) {
        JsonObjectFile json = JsonObjectFile.read(directory.resolve(FILE));
        Map<String, String> sums = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.object("files").properties()) {
            if (!isBelow(directory, entry.getKey())) {
                throw new T5Exception(
                        json.file() + ": files must be below the directory, found \"" + entry.getKey() + "\"");
            }
            sums.put(entry.getKey(), entry.getValue().asText());
        }
        return sums;
    }

    private static boolean isBelow(Path directory, String file) {
        try {
            return directory.resolve(file).normalize().startsWith(directory.normalize());
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Compares the files that are listed with what is listed; others do not matter. */
    static void verify(Path directory) throws IOException {
        for (Map.Entry<String, String> entry : read(directory).entrySet()) {
            Path file = directory.resolve(entry.getKey());
            if (!Files.isRegularFile(file)) {
                throw new T5Exception(
                        file + " is missing; it was written with this checkpoint. Use another checkpoint.");
            }
            String found = sha256(file);
            if (!found.equals(entry.getValue())) {
                throw new T5Exception(file + " is not what was written: its SHA-256 must be " + entry.getValue()
                        + ", found " + found + ". Use another checkpoint, or delete " + FILE
                        + " beside it if the file was changed on purpose.");
            }
        }
    }

    /** All files below {@code directory} but the checksums, relative to it, with '/' between folders. */
    static Set<String> filesIn(Path directory) throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> !name.equals(FILE))
                    .forEach(files::add);
        }
        return files;
    }

    private static String sha256(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
            ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
