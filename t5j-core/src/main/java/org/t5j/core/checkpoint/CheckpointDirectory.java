package org.t5j.core.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/**
 * A directory of files that appears at once: filled under another name, forced to disk, given checksums and renamed into
 * place. A process that dies at any instant leaves the old directory or the new one, never a mixture.
 *
 * <p>While {@code D} is written there is a sibling {@code .D.incomplete}; while an older {@code D} is replaced, that is
 * {@code .D.replaced} for a moment. The next write removes what a dead process left behind ({@link #recover}), and reading puts
 * back what it left out of place. One process at a time may write a directory; others may read it meanwhile.
 */
public final class CheckpointDirectory {
    private static final String INCOMPLETE = ".incomplete";
    private static final String REPLACED = ".replaced";

    private CheckpointDirectory() {}

    /** Puts files into a directory. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path directory) throws IOException;
    }

    /**
     * Makes {@code target} the directory that {@code filler} fills, with the directories above it. An older checkpoint of
     * that name is replaced; files that somebody else put into it are kept.
     *
     * @throws T5Exception where that fails, or {@code target} is something other than a checkpoint; it is then what it was
     */
    public static void write(Path target, Filler filler) {
        try {
            Files.createDirectories(target.toAbsolutePath().normalize().getParent());
        } catch (IOException e) {
            throw new T5Exception("Cannot write " + target + ": " + FileFailure.reason(e), e);
        }
        writeWithin(target, filler);
    }

    /** {@link #write} where the directory that {@code target} is to stand in must be there, and is not made again. */
    public static void writeWithin(Path target, Filler filler) {
        Path directory = target.toAbsolutePath().normalize();
        recover(directory);
        requireReplaceable(directory);
        Path incomplete = sibling(directory, INCOMPLETE);
        try {
            Files.createDirectory(incomplete);
            filler.fill(incomplete);
            Checksums.write(incomplete);
            keepForeignFiles(directory, incomplete);
            syncAll(incomplete);
            swap(incomplete, directory);
        } catch (IOException e) {
            throw new T5Exception("Cannot write " + target + ": " + FileFailure.reason(e), e);
        } finally {
            recover(directory);
        }
    }

    /**
     * Compares the files with the checksums written beside them.
     *
     * @return false where there are no checksums to compare with
     * @throws T5Exception naming the first file that is missing or was changed
     */
    public static boolean verify(Path directory) {
        restore(directory);
        if (!Files.isDirectory(directory)) {
            throw new T5Exception("There is no directory " + directory);
        }
        if (!Checksums.isPresent(directory)) {
            return false;
        }
        try {
            Checksums.verify(directory);
            return true;
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + directory + ": " + FileFailure.reason(e), e);
        }
    }

    /**
     * Ends what a process that died while writing {@code target} had begun: a finished directory is put into place, an
     * unfinished one removed. Not to be called while another process writes {@code target}.
     *
     * @throws T5Exception where a file cannot be moved or removed
     */
    public static void recover(Path target) {
        restore(target);
        Path directory = target.toAbsolutePath().normalize();
        try {
            deleteTree(sibling(directory, REPLACED));
            deleteTree(sibling(directory, INCOMPLETE));
        } catch (IOException e) {
            throw new T5Exception(
                    "Cannot remove what an interrupted write left beside " + target + ": " + FileFailure.reason(e), e);
        }
    }

    /** Puts back a directory that a process died while replacing; removes nothing, so that readers may call it. */
    static void restore(Path target) {
        Path directory = target.toAbsolutePath().normalize();
        Path incomplete = sibling(directory, INCOMPLETE);
        Path replaced = sibling(directory, REPLACED);
        if (Files.exists(directory) || !Files.exists(replaced)) {
            return;
        }
        try {
            Files.move(isWhole(incomplete) ? incomplete : replaced, directory, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.syncDirectory(directory.getParent());
        } catch (IOException e) {
            throw new T5Exception(
                    "Cannot put back " + target + " after an interrupted write: " + FileFailure.reason(e), e);
        }
    }

    /** {@link #recover} for everything that was being written in {@code parent}. */
    public static void recoverAll(Path parent) {
        Set<Path> targets = new TreeSet<>();
        for (Path path : children(parent)) {
            String name = path.getFileName().toString();
            for (String suffix : List.of(INCOMPLETE, REPLACED)) {
                if (name.startsWith(".")
                        && name.endsWith(suffix)
                        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    targets.add(path.resolveSibling(name.substring(1, name.length() - suffix.length())));
                }
            }
        }
        targets.forEach(CheckpointDirectory::recover);
    }

    private static void requireReplaceable(Path directory) {
        boolean replaceable = !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                || Checksums.isPresent(directory)
                || Files.isDirectory(directory) && children(directory).isEmpty();
        if (!replaceable) {
            throw new T5Exception(directory + " exists and is not a checkpoint that was written here (it has no "
                    + Checksums.FILE + "); choose another directory or move it away");
        }
    }

    private static void keepForeignFiles(Path directory, Path incomplete) throws IOException {
        if (!Checksums.isPresent(directory)) {
            return;
        }
        Set<String> foreign = Checksums.filesIn(directory);
        foreign.removeAll(listed(directory));
        for (String file : foreign) {
            Path copy = incomplete.resolve(file);
            if (!Files.exists(copy)) {
                Files.createDirectories(copy.getParent());
                Files.copy(directory.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The files that were written here; of damaged checksums none is known, and what the new ones lack is kept. */
    private static Set<String> listed(Path directory) {
        try {
            return Checksums.read(directory).keySet();
        } catch (T5Exception damaged) {
            return Set.of();
        }
    }

    private static void swap(Path incomplete, Path directory) throws IOException {
        Path parent = directory.getParent();
        if (Files.exists(directory)) {
            Files.move(directory, sibling(directory, REPLACED), StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.syncDirectory(parent);
        }
        Files.move(incomplete, directory, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.syncDirectory(parent);
    }

    private static boolean isWhole(Path directory) throws IOException {
        if (!Checksums.isPresent(directory)) {
            return false;
        }
        try {
            Checksums.verify(directory);
            return true;
        } catch (T5Exception e) {
            return false;
        }
    }

    private static Path sibling(Path directory, String suffix) {
        return directory.resolveSibling("." + directory.getFileName() + suffix);
    }

    private static void syncAll(Path root) throws IOException {
        for (Path path : deepestFirst(root)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                AtomicFile.syncDirectory(path);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path : deepestFirst(root)) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> deepestFirst(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + directory + ": " + FileFailure.reason(e), e);
        }
    }
}
