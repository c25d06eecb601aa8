package org.t5j.data.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.t5j.data.DataException;
import org.t5j.data.DirectoryTree;
import org.t5j.data.cache.TokenShardWriter;
import org.t5j.data.cache.TokenShards;
import org.t5j.tokenizer.FileReason;

/** Where a preparation writes, with the hidden directory of unfinished work. One process at a time. */
final class OutputDirectory implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String WORK = ".work";
    private static final String IDENTITY = "identity.json";

    private final Path path;
    private final FileChannel lock;

    /**
     * Makes and locks the directory.
     *
     * @param identity what everything in it depends on
     * @throws DataException if it holds something else, other settings' work, or another process works in it
     */
    OutputDirectory(Path path, JsonNode identity) {
        this.path = path;
        refuseForeign(path);
        try {
            Files.createDirectories(work());
            lock = FileChannel.open(work().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot write to " + path + ": " + FileReason.of(e)
                            + ". Name a directory that can be made or written to.",
                    e);
        }
        boolean opened = false;
        try {
            requireLock();
            checkIdentity(identity);
            opened = true;
        } finally {
            if (!opened) {
                unlock();
            }
        }
    }

    private void requireLock() {
        try {
            DataException.check(
                    lock.tryLock() != null,
                    "Another process prepares a corpus in %s. Wait for it, or name another directory.",
                    path);
        } catch (OverlappingFileLockException e) {
            throw new DataException("This process prepares a corpus in " + path + " already.", e);
        } catch (IOException e) {
            throw new DataException("Cannot lock " + path + ": " + FileReason.of(e), e);
        }
    }

    /** Where stages leave their files; it is gone when all is done. */
    Path work() {
        return path.resolve(WORK);
    }

    private static void refuseForeign(Path path) {
        DataException.check(
                !Files.exists(path) || Files.isDirectory(path), "%s is a file. Name a new or empty directory.", path);
        if (!Files.isDirectory(path) || Files.exists(path.resolve(WORK))) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            Optional<Path> foreign = files.filter(
                            file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .findFirst();
            DataException.check(
                    foreign.isEmpty(),
                    "%s holds files that are not of a prepared corpus, such as %s. Name a new or empty directory.",
                    path,
                    foreign.map(Path::getFileName).orElse(null));
        } catch (IOException e) {
            throw new DataException("Cannot read " + path + ": " + FileReason.of(e), e);
        }
    }

    private static boolean isFinished(Path path) {
        Path report = path.resolve(PrepareReport.FILE);
        return Files.exists(report) && read(report).path("format").asText().equals(PrepareReport.FORMAT);
    }

    /**
     * The report of a finished preparation; empty if it is not finished.
     *
     * @throws DataException if it was made with other settings or from other files, or what it wrote is damaged
     */
    static Optional<PrepareReport> finished(Path path, String fingerprint, JsonNode identity) {
        if (!isFinished(path)) {
            return Optional.empty();
        }
        PrepareReport report = readReport(path);
        DataException.check(
                report.fingerprint().equals(fingerprint),
                "%s holds a corpus that was prepared with other settings or from other files (%s; see %s). Name another"
                        + " directory, or delete this one.",
                path,
                differenceFromReport(report, identity).orElse("in source, or the file of bad words"),
                path.resolve(PrepareReport.FILE));
        checkSound(path, report);
        deleteWork(path);
        return Optional.of(report);
    }

    private static Optional<String> differenceFromReport(PrepareReport report, JsonNode identity) {
        ObjectNode found = identity(report);
        ObjectNode wanted = identity.deepCopy();
        wanted.remove("source");
        Path words = report.settings().clean().badWords();
        if (words != null) {
            ((ObjectNode) wanted.path("files")).remove(words.toString());
        }
        return difference("", found, wanted);
    }

    /** What a report tells of the identity: all but how the source reads. */
    private static ObjectNode identity(PrepareReport report) {
        ObjectNode identity = JSON.createObjectNode();
        ObjectNode settings = JSON.valueToTree(report.settings());
        settings.remove("memoryMb");
        identity.set("settings", settings);
        ObjectNode files = identity.putObject("files");
        report.inputs().forEach(file -> files.put(file.name(), Preparation.describe(file)));
        identity.put("vocabulary", report.vocabulary() == null ? "none" : report.vocabulary());
        return identity;
    }

    /** Reads all that was written against its checksums. */
    private static void checkSound(Path path, PrepareReport report) {
        report.splits().forEach((name, split) -> {
            if (split.checksum() != null) {
                TokenShards.verify(path, name);
            }
        });
        for (PrepareReport.File text : report.texts() == null ? List.<PrepareReport.File>of() : report.texts()) {
            Path file = path.resolve(text.name());
            DataException.check(
                    Files.exists(file) && checksum(file).equals(text.crc32c()),
                    "The prepared text %s is %s. Delete the directory %s and prepare it again.",
                    file,
                    Files.exists(file) ? "damaged: its CRC-32C is not that of the report" : "missing",
                    path);
        }
    }

    private static String checksum(Path file) {
        try {
            return Preparation.crc32c(file);
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /** Documents that an unfinished preparation has cleaned and saved; empty if none is under way. */
    static OptionalLong begun(Path path) {
        Path work = path.resolve(WORK);
        return Files.exists(work.resolve(IDENTITY))
                ? OptionalLong.of(Block.finished(work).stream()
                        .mapToLong(block -> block.summary().read())
                        .sum())
                : OptionalLong.empty();
    }

    /** The report of a finished preparation. */
    static PrepareReport readReport(Path directory) {
        Path file = directory.resolve(PrepareReport.FILE);
        try {
            return JSON.treeToValue(read(file), PrepareReport.class);
        } catch (JsonProcessingException e) {
            throw new DataException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private void checkIdentity(JsonNode identity) {
        Path file = work().resolve(IDENTITY);
        if (!Files.exists(file)) {
            AtomicFile.write(file, out -> out.write(JSON.writeValueAsBytes(identity)));
            return;
        }
        JsonNode found = read(file);
        difference("", found, identity).ifPresent(difference -> {
            throw new DataException("The work in " + path + " was begun with " + difference
                    + ". Go on with the same settings and files, or delete the directory.");
        });
    }

    private static Optional<String> difference(String name, JsonNode found, JsonNode wanted) {
        if (found.isObject() && wanted.isObject()) {
            Set<String> keys = new LinkedHashSet<>();
            wanted.fieldNames().forEachRemaining(keys::add);
            found.fieldNames().forEachRemaining(keys::add);
            return keys.stream()
                    .map(key -> difference((name.isEmpty() ? "" : name + ".") + key, found.path(key), wanted.path(key)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return found.toString().equals(wanted.toString())
                ? Optional.empty()
                : Optional.of(name + " " + worded(found) + ", not " + worded(wanted));
    }

    private static String worded(JsonNode value) {
        return value.isMissingNode() ? "left out" : value.toString();
    }

    void writeReport(PrepareReport report) {
        AtomicFile.write(
                path.resolve(PrepareReport.FILE),
                out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(report)));
    }

    /** Deletes unfinished work and locks, which a finished preparation no longer needs. */
    static void deleteWork(Path path) {
        Preparation.SPLITS.forEach(split -> TokenShardWriter.deleteLock(path, split));
        DirectoryTree.delete(path.resolve(WORK));
    }

    /** Deletes all that was written, so that the directory may be used anew. */
    void discard() {
        Preparation.SPLITS.forEach(split -> TokenShardWriter.discard(path, split));
        DirectoryTree.delete(path.resolve(WriteStage.TEXT));
        deleteWork(path);
    }

    /** Unlocks the directory. Work that ended before anything of it was saved is deleted, so that nothing is refused for it. */
    @Override
    public void close() {
        if (Files.exists(work().resolve(IDENTITY)) && Block.finished(work()).isEmpty()) {
            deleteWork(path);
        }
        unlock();
    }

    private void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new DataException("Cannot unlock " + path + ": " + FileReason.of(e), e);
        }
    }
}
