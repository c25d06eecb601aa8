package org.t5j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.t5j.data.DataException;

/** What the endings of file names tell of formats, {@code .gz} and {@code .zst} aside. */
final class FileEndings {
    /** Of files that may be anything in lines. */
    private static final String TEXT = "text";

    private static final Map<String, String> FORMATS = Map.of(
            "jsonl", "jsonl", "ndjson", "jsonl", "json", "json", "parquet", "parquet", "csv", "csv", "tsv", "tsv",
            "txt", TEXT);
    private static final Set<String> OF_TEXT = Set.of("lines", "documents");
    private static final Set<String> OF_FIELDS = Set.of("jsonl", "json", "parquet");

    private FileEndings() {}

    /** The format that a name tells, or null. */
    static String format(String name) {
        String known = known(name);
        return TEXT.equals(known) ? null : known;
    }

    private static String known(String name) {
        String plain = name.replaceFirst("\\.(gz|zst)$", "");
        return FORMATS.get(plain.substring(plain.lastIndexOf('.') + 1));
    }

    /**
     * Checks the files that a directory or glob means.
     *
     * @throws DataException if their names tell different formats
     */
    static void checkAlike(String pattern, List<Path> files) {
        Map<String, Path> firsts = new TreeMap<>();
        for (Path file : files) {
            String known = known(file.toString());
            if (known != null) {
                firsts.putIfAbsent(known, file);
            }
        }
        DataException.check(
                firsts.size() <= 1,
                "'%s' means files of different formats, such as %s. Name those of one format by a glob such as *.jsonl, or "
                        + "put them into a directory of their own.",
                pattern,
                firsts.values());
    }

    /** @throws DataException if a file is of a prepared corpus' ids, which is read as a directory */
    static void checkNoTokens(List<Path> files) {
        for (Path file : files) {
            DataException.check(
                    !file.toString().endsWith(".tokens"),
                    "%s holds ids of a prepared corpus, not text. To train on them, set data.format to tokens and name the"
                            + " directory %s; to prepare, name the text that they were made from.",
                    file,
                    file.toAbsolutePath().getParent());
        }
    }

    /** @throws DataException if the syntax of a file, by its name JSON or Parquet, would be read as text */
    static void checkSyntax(String format, List<Path> files) {
        for (Path file : files) {
            String known = known(file.toString());
            DataException.check(
                    !OF_TEXT.contains(format) || known == null || !OF_FIELDS.contains(known),
                    "%s is by its name %s, but format '%s' would read its syntax as text. Set format to %s, or rename it.",
                    file,
                    known,
                    format,
                    "json".equals(known) ? "json, or jsonl for an object on each line" : known);
        }
    }
}
