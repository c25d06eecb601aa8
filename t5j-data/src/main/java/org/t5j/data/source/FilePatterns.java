package org.t5j.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.t5j.data.DataException;

/**
 * File names, directories and globs ({@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}, {@code **}) as the user writes
 * them. A directory means the files in it, without those in directories below and those whose names begin with {@code .}
 * or {@code _}.
 */
public final class FilePatterns {
    private FilePatterns() {}

    /**
     * The files that the patterns mean, in the order of the patterns, those of one glob or directory sorted by name.
     *
     * @param base directory that relative patterns start from
     * @throws DataException if a file is missing, a glob matches nothing or a directory has no files
     */
    public static List<Path> resolve(Path base, List<String> patterns) {
        List<Path> files = new ArrayList<>();
        for (String pattern : patterns) {
            files.addAll(resolve(base, pattern));
        }
        return files;
    }

    /** What one pattern means; a name that is there is no glob, whatever characters it has. */
    static List<Path> resolve(Path base, String pattern) {
        DataException.check(!pattern.isBlank(), "A file name is empty. Name a file, or take it out.");
        List<Path> found;
        if (isGlob(pattern) && !isThere(base, pattern)) {
            found = matches(base, pattern);
        } else {
            Path named = base.resolve(pattern);
            found = Files.isDirectory(named) ? filesIn(named) : List.of(named);
        }
        found.forEach(FilePatterns::checkReadable);
        return found;
    }

    private static boolean isThere(Path base, String name) {
        try {
            return Files.exists(base.resolve(name));
        } catch (InvalidPathException noName) {
            return false;
        }
    }

    /**
     * Checks that {@code file} is there to be read.
     *
     * @throws DataException if it is none, or of a kind that cannot be read twice
     */
    public static void checkReadable(Path file) {
        DataException.check(
                Files.exists(file) || !Files.isSymbolicLink(file),
                "%s is a symbolic link that leads to no file. Mend the link, or name the file itself.",
                file);
        DataException.check(Files.exists(file), "There is no file %s. Check the path.", file);
        DataException.check(
                !Files.isDirectory(file), "%s is not a file. Name the files in it, for example %s/*.txt.", file, file);
        DataException.check(
                Files.isRegularFile(file),
                "%s is a pipe or device, which cannot be read from the beginning again. Write what it gives into a file and "
                        + "name that.",
                file);
        DataException.check(Files.isReadable(file), "%s may not be read. Change its permissions.", file);
    }

    private static boolean isGlob(String pattern) {
        return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private static List<Path> filesIn(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> found = all.filter(Files::isRegularFile)
                    .filter(file -> "._".indexOf(file.getFileName().toString().charAt(0)) < 0)
                    .sorted()
                    .toList();
            DataException.check(
                    !found.isEmpty(),
                    "The directory %s has no files (hidden ones and those that begin with _ do not count). Name one that "
                            + "has, or a glob such as %s/**.jsonl for the directories in it.",
                    directory,
                    directory);
            return found;
        } catch (IOException e) {
            throw unlisted(directory, e);
        } catch (UncheckedIOException e) {
            throw unlisted(directory, e.getCause());
        }
    }

    private static DataException unlisted(Path directory, IOException e) {
        String inside = e instanceof FileSystemException failure ? failure.getFile() : null;
        return new DataException(
                "Cannot list " + (inside == null ? directory : inside) + ": " + TextInput.reason(e) + ".", e);
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new DataException(
                    String.format(
                            "There is no file '%s', and as a pattern it is wrong: %s. Check the name, or close the bracket.",
                            glob, e.getDescription()),
                    e);
        }
    }

    private static List<Path> matches(Path base, String pattern) {
        int glob = 0;
        while ("*?[{".indexOf(pattern.charAt(glob)) < 0) {
            glob++;
        }
        int slash = pattern.lastIndexOf('/', glob);
        Path directory = base.resolve(pattern.substring(0, slash + 1));
        String rest = pattern.substring(slash + 1);
        PathMatcher matcher = matcher(rest);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        DataException.check(
                Files.isDirectory(directory), "There is no directory %s for '%s'. Check the path.", directory, pattern);
        try (Stream<Path> tree = Files.walk(directory, depth)) {
            List<Path> found = tree.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(directory.relativize(file)))
                    .sorted()
                    .toList();
            DataException.check(!found.isEmpty(), "No file matches '%s' in %s. Check the pattern.", rest, directory);
            return found;
        } catch (IOException e) {
            throw unlisted(directory, e);
        } catch (UncheckedIOException e) {
            throw unlisted(directory, e.getCause());
        }
    }
}
