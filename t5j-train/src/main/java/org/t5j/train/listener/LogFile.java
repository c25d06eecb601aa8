package org.t5j.train.listener;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/** A file of JSON objects, one a line, that a dying process leaves whole but for its last line. */
final class LogFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final BufferedWriter writer;
    private final List<Consumer<JsonNode>> followers = new ArrayList<>();

    private LogFile(Path file) throws IOException {
        this.file = file;
        this.writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Opens a file to go on behind those of its entries that {@code stays} accepts; the others are taken out. */
    static LogFile open(Path file, Predicate<JsonNode> stays) {
        try {
            if (Files.exists(file)) {
                keep(file, stays);
            }
            return new LogFile(file);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static void keep(Path file, Predicate<JsonNode> stays) throws IOException {
        List<String> kept;
        try (BufferedReader lines = LogLines.open(file)) {
            kept = lines.lines().filter(line -> isWhole(line, stays)).toList();
        }
        Path copy = file.resolveSibling("." + file.getFileName() + ".truncated");
        Files.write(copy, kept);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isWhole(String line, Predicate<JsonNode> stays) {
        try {
            JsonNode entry = JSON.readTree(line);
            return entry != null && stays.test(entry);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Gives every entry to {@code follower} after it was written. */
    void follow(Consumer<JsonNode> follower) {
        followers.add(follower);
    }

    void write(ObjectNode entry) {
        try {
            writer.write(entry.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        followers.forEach(follower -> follower.accept(entry));
    }

    private static T5Exception cannotWrite(Path file, IOException e) {
        return new T5Exception("Cannot write the log " + file + ": " + FileFailure.reason(e), e);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }
}
