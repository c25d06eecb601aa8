package org.t5j.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.t5j.data.DataException;
import org.t5j.data.Registry;

/**
 * A source as a configuration file says it. Values that are left out (null) take their defaults.
 *
 * @param format {@code lines} (each an example), {@code documents} (separated by blank lines), {@code tsv}, {@code csv},
 *     {@code jsonl}, {@code json} (one document in a file) or {@code parquet}
 * @param files names, globs and directories, relative to the configuration file; those of text are plain, {@code .gz} or
 *     {@code .zst}. A file may not be named twice
 * @param columns names of the columns of TSV and CSV; or of the fields of JSONL, JSON and Parquet to read, which may be
 *     paths such as {@code answers.text}, by default all. Must be absent for {@code lines} and {@code documents}, whose
 *     only field is {@code text}
 * @param header for TSV and CSV: whether the first line of every file names the columns; default false. {@code columns}
 *     must agree with it or be absent
 * @param records for JSON: path to the records, such as {@code data.paragraphs}; by default the document is the array of
 *     records or the only record
 * @param onBadRow whether a bad row is an error, or skipped and counted; default {@link OnBadRow#ERROR}
 * @param maxRowBytes bytes of a row of text at most; longer ones are bad. Default 64 MiB
 */
public record SourceConfig(
        String format,
        List<String> files,
        List<String> columns,
        Boolean header,
        String records,
        OnBadRow onBadRow,
        Integer maxRowBytes) {

    private interface Factory {
        Source create(List<Path> files, SourceConfig config);
    }

    private record Format(Set<String> options, Factory factory) {}

    private static final Registry<Format> FORMATS = new Registry<Format>("format")
            .add("lines", new Format(Set.of(), (files, config) -> new LineSource(files, config.rules())))
            .add("documents", new Format(Set.of(), (files, config) -> new DocumentSource(files, config.rules())))
            .add(
                    "tsv",
                    new Format(
                            Set.of("columns", "header"),
                            (files, config) -> new TsvSource(files, config.columns, config.header, config.rules())))
            .add(
                    "csv",
                    new Format(
                            Set.of("columns", "header"),
                            (files, config) -> new CsvSource(files, config.columns, config.header, config.rules())))
            .add(
                    "jsonl",
                    new Format(
                            Set.of("columns"),
                            (files, config) -> new JsonlSource(files, config.columns, config.rules())))
            .add(
                    "json",
                    new Format(
                            Set.of("columns", "records"),
                            (files, config) -> new JsonSource(files, config.records, config.columns, config.rules())))
            .add(
                    "parquet",
                    new Format(
                            Set.of("columns"),
                            (files, config) -> new ParquetSource(files, config.columns, config.rules())));

    public SourceConfig {
        DataException.check(format != null, "'format' is missing. Give one of %s.", FORMATS.names());
        Set<String> options = FORMATS.get(format).options();
        files = files == null ? List.of() : List.copyOf(files);
        columns = columns == null ? List.of() : List.copyOf(columns);
        header = header != null && header;
        records = records == null ? "" : records;
        onBadRow = onBadRow == null ? RowRules.DEFAULT.onBadRow() : onBadRow;
        maxRowBytes = maxRowBytes == null ? RowRules.DEFAULT.maxBytes() : maxRowBytes;
        new RowRules(onBadRow, maxRowBytes);
        DataException.check(!files.isEmpty(), "No files are named for format '%s'. Name at least one.", format);
        DataException.check(
                columns.isEmpty() || options.contains("columns"),
                "Format '%s' has no 'columns'; its only field is 'text'. Leave them out.",
                format);
        DataException.check(
                !columns.isEmpty() || header || !options.contains("header"),
                "Format '%s' needs 'columns': the names of its columns; or header: true if the first line has them (--set"
                        + " source.header=true to prepare, data.header=true for a corpus to train on).",
                format);
        DataException.check(
                !header || options.contains("header"), "Format '%s' has no 'header'. Leave it out.", format);
        DataException.check(
                records.isEmpty() || options.contains("records"),
                "Format '%s' has no 'records'; only json has. Leave it out.",
                format);
    }

    /** With defaults for the rest. */
    public SourceConfig(String format, List<String> files, List<String> columns) {
        this(format, files, columns, null, null, null, null);
    }

    /** The names of all formats. */
    public static Set<String> formats() {
        return FORMATS.names();
    }

    /** The format that a file's name tells by its ending, {@code .gz} and {@code .zst} aside; none if it tells none. */
    public static Optional<String> formatOf(String file) {
        return Optional.ofNullable(FileEndings.format(file));
    }

    /** @throws DataException if there is no such format; the message names the nearest */
    public static void checkFormat(String format) {
        FORMATS.get(format);
    }

    private RowRules rules() {
        return new RowRules(onBadRow, maxRowBytes);
    }

    /**
     * The source.
     *
     * @param base directory that relative names start from
     * @throws DataException if a file is missing or named twice
     */
    public Source toSource(Path base) {
        List<Path> found = new ArrayList<>();
        for (String pattern : files) {
            List<Path> meant = FilePatterns.resolve(base, pattern);
            FileEndings.checkNoTokens(meant);
            FileEndings.checkAlike(pattern, meant);
            found.addAll(meant);
        }
        checkOnce(found);
        FileEndings.checkSyntax(format, found);
        return FORMATS.get(format).factory().create(found, this);
    }

    private static void checkOnce(List<Path> files) {
        Map<Path, Path> names = new HashMap<>();
        for (Path file : files) {
            try {
                Path before = names.putIfAbsent(file.toRealPath(), file);
                DataException.check(
                        before == null,
                        "The file %s is named twice (as %s before), so its examples would count double. Name it once.",
                        file,
                        before);
            } catch (IOException e) {
                throw new DataException("Cannot find " + file + ": " + TextInput.reason(e), e);
            }
        }
    }
}
